//! Numbers: those of every type and of every size.

use super::*;

/// Writes and reads a value in the formats that hold it. The others refuse it with the message that
/// `refusal` gives for them.
macro_rules! where_it_fits {
    ($v:expr, |$format:ident| $refusal:expr) => {{
        let item = One { v: $v };
        let expected = value::item_to_map(&item);
        every_format!(|$format| match ($refusal, &expected) {
            (None, Ok(expected)) => check::<$format, _>(&item, expected),
            // The format holds more than core's own.
            (None, Err(_)) => {
                let stored = <$format as Format>::write(&item).unwrap();
                assert_eq!(<$format as Format>::read(&stored).as_ref(), Ok(&item));
            }
            (Some(refusal), _) => {
                let expected = Err(format!("attribute `v`: {refusal}"));
                assert_eq!(<$format as Format>::write(&item), expected, "{item:?}");
            }
        });
    }};
}

/// Why a format does not hold an integer of this magnitude.
fn large<F: Format>(magnitude: u128) -> Option<String> {
    let (limits, text) = (F::LIMITS, magnitude.to_string());
    let digits = text.trim_end_matches('0').len();
    let store = limits.store;
    if magnitude > limits.integer {
        Some(format!(
            "an integer is at most {} in size in {store}: store it as text",
            limits.integer
        ))
    } else if magnitude > u64::MAX.into() && digits > limits.digits as usize {
        Some(format!(
            "a number has at most {} significant digits in {store}: store it as text",
            limits.digits
        ))
    } else {
        None
    }
}

#[test]
fn integers() {
    for shift in 0..128 {
        for near in [u128::MAX, 0, 1] {
            let unsigned = (1u128 << shift).wrapping_add(near);
            macro_rules! each {
                ($($type:ty)*) => {$({
                    let value = unsigned as $type;
                    where_it_fits!(value, |F| large::<F>(value as u128));
                })*};
            }
            each!(u8 u16 u32 u64 u128 usize);
            macro_rules! each {
                ($($type:ty)*) => {$({
                    let value = unsigned as $type;
                    where_it_fits!(value, |F| large::<F>(value.unsigned_abs().into()));
                    let value = value.wrapping_neg();
                    where_it_fits!(value, |F| large::<F>(value.unsigned_abs().into()));
                })*};
            }
            each!(i8 i16 i32 i64 i128);
            where_it_fits!(Number::from(unsigned), |F| large::<F>(unsigned));
            where_it_fits!(Decimal(unsigned.into()), |F| large::<F>(unsigned));
        }
    }
    for magnitude in [10u128.pow(38) - 1, 10u128.pow(38), 10u128.pow(38) + 1] {
        where_it_fits!(magnitude, |F| large::<F>(magnitude));
        where_it_fits!(-(magnitude as i128), |F| large::<F>(magnitude));
    }
}

/// Why a format does not hold a float.
fn out_of_range<F: Format>(value: f64) -> Option<String> {
    let [least, too_large] = F::LIMITS.floats;
    if value == 0.0 || (least..too_large).contains(&value.abs()) {
        return None;
    }
    let store = F::LIMITS.store;
    Some(format!("a number is from 1E-130 to 9.99E+125 in size in {store}, or 0"))
}

#[test]
fn floats() {
    for value in [
        0.0,
        1.0,
        1.5,
        0.1,
        1e-7,
        1e20,
        1e21,
        9.9e125,
        1e126f64.next_down(),
        1e126,
        1e300,
        1e-130,
        9e-131,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        2f64.powi(53) - 1.0,
        2f64.powi(53),
        2f64.powi(64),
        2f64.powi(128),
    ] {
        for value in [value, value.next_up().min(f64::MAX), -value] {
            where_it_fits!(value, |F| out_of_range::<F>(value));
            let number = Number::from_f64(value).unwrap();
            where_it_fits!(number, |F| out_of_range::<F>(value));
        }
    }
    for value in
        [0.0, 0.1, 16_777_216.0, f32::MAX, f32::MIN, f32::MIN_POSITIVE, 1e-45, f32::EPSILON]
    {
        everywhere(value);
    }
}

#[test]
fn decimals() {
    for text in [
        "0.1",
        "-12.5",
        "19.90",
        "0.00000001",
        "1e40",
        "9.99999999999999e125",
        "-1e-130",
        "123456789.012345",
        "0.1234567890123456",
        "1234567890123.456",
        "3.1415926535897932384626433832795028841",
        "9.9999999999999999999999999999999999999e125",
        "-12345678901234567890.123456789012345678",
    ] {
        let digits = text.split('e').next().unwrap_or_default();
        let digits = digits.replace(['.', '-'], "");
        let digits = digits.trim_matches('0').len();
        let refusal = |limits: value::front::FormatLimits| {
            let (most, store) = (limits.digits, limits.store);
            (digits > most as usize).then(|| {
                format!(
                    "a number has at most {most} significant digits in {store}: store it as text"
                )
            })
        };
        where_it_fits!(decimal(text), |F| refusal(F::LIMITS));
        where_it_fits!(Decimal(decimal(text)), |F| refusal(F::LIMITS));
    }
    stored_as(Decimal(decimal("12.50")), number(decimal("12.5")));
    stored_as(Decimal(decimal("12.00")), number(12));
}
