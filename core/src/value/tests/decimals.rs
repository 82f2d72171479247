//! Decimals: their text, order and sums, against an oracle that does it digit by digit.

mod field;
mod oracle;
mod text;

use std::hash::{DefaultHasher, Hash, Hasher};

use oracle::Exact;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn decimal(text: &str) -> Number {
    text.parse().unwrap()
}

fn float(value: f64) -> Number {
    Number::from_f64(value).unwrap()
}

fn hash(number: Number) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

/// Text of a decimal that is in range, in many ways of writing it.
fn texts() -> impl Strategy<Value = String> {
    let digits = prop_oneof!["[0-9]{1,6}", "[0-9]{1,38}", "[1-9]0{0,37}", "[0-9]{1,4}0{0,20}[0-9]"];
    (any::<bool>(), digits, 0..40usize, prop_oneof![Just(0), -3..3, -80..80]).prop_map(
        |(negative, mut digits, places, power)| {
            if places < digits.len() {
                digits.insert(digits.len() - places, '.');
            }
            format!("{}{digits}e{power}", if negative { "-" } else { "" })
        },
    )
}

/// Numbers in all forms, with the text for the oracle. Close ones are frequent.
fn numbers() -> impl Strategy<Value = (Number, String)> {
    let of_text = texts().prop_map(|text| (decimal(&text), text));
    let int = |value: i128| (Number::from(value), value.to_string());
    prop_oneof![
        of_text,
        any::<u128>().prop_map(|value| (value.into(), value.to_string())),
        any::<i128>().prop_map(int),
        (-1000..1000i128).prop_map(int),
        (any::<f64>().prop_filter("finite", |value| value.is_finite()))
            .prop_map(|value| (float(value), format!("{value:e}"))),
        (-100_000..100_000i64, 0..7).prop_map(|(value, places)| {
            let value = value as f64 / 10f64.powi(places);
            (float(value), format!("{value:e}"))
        }),
        (-100_000..100_000i64, -7..7)
            .prop_map(|(value, power)| format!("{value}e{power}"))
            .prop_map(|text| (decimal(&text), text)),
    ]
}

/// Pairs that are near each other, or any.
fn pairs() -> impl Strategy<Value = ((Number, String), (Number, String))> {
    prop_oneof![
        (numbers(), numbers()),
        numbers().prop_map(|(number, text)| {
            // The same number in another form.
            let nearest = float(number.to_f64());
            let other = (nearest, format!("{:e}", number.to_f64()));
            ((number, text), other)
        }),
    ]
}

proptest! {
    #[test]
    fn order_and_equality_are_those_of_the_numbers(((a, a_text), (b, b_text)) in pairs()) {
        let expected = Exact::parse(&a_text).cmp(&Exact::parse(&b_text));
        prop_assert_eq!(a.cmp(&b), expected, "{} and {}", a_text, b_text);
        prop_assert_eq!(b.cmp(&a), expected.reverse());
        prop_assert_eq!(a == b, expected.is_eq());
        if a == b {
            prop_assert_eq!(hash(a), hash(b));
        }
    }

    #[test]
    fn sums_and_differences_are_exact(((a, a_text), (b, b_text)) in pairs()) {
        let (exact_a, exact_b) = (Exact::parse(&a_text), Exact::parse(&b_text));
        for (sum, exact) in [
            (a.checked_add(b), exact_a.add(&exact_b)),
            (a.checked_sub(b), exact_a.add(&exact_b.clone().negated())),
            (b.checked_sub(a), exact_b.add(&exact_a.clone().negated())),
        ] {
            match sum {
                Some(sum) => prop_assert_eq!(Exact::parse(&sum.to_string()), exact),
                None => {
                    // It does not fit, or the operands are integers that no other store holds.
                    let long = |exact: &Exact| exact.span().is_some_and(|(_, digits)| digits > 38);
                    let (first, digits) = exact.span().unwrap();
                    prop_assert!(
                        digits > 38
                            || !(-130..=125).contains(&first)
                            || long(&exact_a)
                            || long(&exact_b),
                        "{} and {}", a_text, b_text
                    );
                }
            }
        }
    }

    #[test]
    fn text_reads_back_as_the_same_number((number, text) in numbers()) {
        let shown = number.to_string();
        prop_assert_eq!(Exact::parse(&shown), Exact::parse(&text));
        prop_assert_eq!(Exact::parse(&number.to_plain()), Exact::parse(&text));
        if (-130..=125).contains(&Exact::parse(&text).span().map_or(0, |(first, _)| first)) {
            prop_assert_eq!(decimal(&shown), number);
            prop_assert_eq!(decimal(&number.to_plain()), number);
        }
        // The shortest text of a float reads back as the float.
        prop_assert_eq!(shown.parse::<f64>().unwrap(), number.to_f64());
    }

    #[test]
    fn stored_decimals_are_read_back((number, _) in numbers()) {
        let bytes = to_bytes(&Item { v: number });
        if let Err(error) = front::FormatLimits::DYNAMODB.check_number(number) {
            prop_assert_eq!(bytes.unwrap_err().to_string(), format!("attribute `v`: {error}"));
            return Ok(());
        }
        let bytes = bytes.unwrap();
        prop_assert_eq!(from_bytes::<Item<Number>>(&bytes).unwrap().v, number);
        prop_assert_eq!(attribute(&bytes, "v").unwrap(), Some(Value::Number(number)));
        prop_assert_eq!(&from_map(&to_map(&bytes).unwrap()).unwrap(), &bytes);
        prop_assert_eq!(&project(&bytes, &["v"]).unwrap(), &bytes);
        prop_assert_eq!(from_bytes::<Item<f64>>(&bytes).unwrap().v, number.to_f64());
        prop_assert_eq!(from_bytes::<Item<u64>>(&bytes).ok().map(|item| item.v), number.as_u64());
        prop_assert_eq!(from_bytes::<Item<i128>>(&bytes).ok().map(|item| item.v), number.as_i128());
    }

    #[test]
    fn any_text_is_a_number_or_an_error(text in "[-+]?[0-9.eE+-]{0,50}") {
        let _ = text.parse::<Number>();
    }
}

#[test]
fn equal_however_they_are_written() {
    let ten = [decimal("10"), decimal("10.00"), decimal("+1e1"), decimal("0.1E2"), float(10.0)];
    for a in ten {
        assert_eq!(a, Number::from(10));
        assert_eq!(hash(a), hash(10.into()));
        assert_eq!(a.to_string(), "10");
        assert_eq!(a.as_u64(), Some(10));
    }
    // A float is the decimal that it is written as.
    assert_eq!(float(0.1), decimal("0.1"));
    assert_ne!(float(0.1), decimal("0.1000000000000000055511151231257827"));
    for zero in ["0", "-0", "0.000", "-0e-999", "0e99999999999999999999"] {
        assert_eq!(decimal(zero), Number::from(0));
        assert_eq!(decimal(zero).to_string(), "0");
        assert_eq!(hash(decimal(zero)), hash(float(-0.0)));
    }
}

#[test]
fn sums_that_floats_get_wrong() {
    let sum = float(0.1).checked_add(float(0.2)).unwrap();
    assert_eq!((sum, sum.to_f64()), (float(0.3), 0.3));
    assert_eq!(float(0.3).checked_sub(float(0.1)), Some(float(0.2)));
    let cents = (0..1000).fold(Number::from(0), |sum, _| sum.checked_add(float(0.01)).unwrap());
    assert_eq!(cents, Number::from(10));
    // Floats stay floats, unless no float is the sum.
    assert_eq!(stored(&sum), Value::Number(sum));
    assert_eq!(to_bytes(&Item { v: sum }).unwrap(), to_bytes(&Item { v: 0.3 }).unwrap());
    let long = float(0.1).checked_add(float(1e-17)).unwrap();
    assert_eq!(long.to_string(), "0.10000000000000001");
    assert_eq!(float(1e300).checked_add(float(1e300)), Some(float(2e300)));
    assert_eq!(float(1e300).checked_add(1.into()), None);
    assert_eq!(float(f64::MAX).checked_add(float(f64::MAX)), None);
}

#[test]
fn sums_at_the_limits() {
    let nines = "9".repeat(38);
    assert_eq!(decimal(&nines).checked_add(decimal("0.1")), None);
    assert_eq!(
        decimal(&format!("{nines}e-1")).checked_add(decimal("0.1")),
        Some(decimal(&format!("1{}", "0".repeat(37))))
    );
    assert_eq!(decimal("1e38").checked_sub(1.into()), Some(decimal(&nines)));
    assert_eq!(decimal("1e100").checked_add(1.into()), None);
    assert_eq!(decimal("1e100").checked_add(decimal("-1e100")), Some(0.into()));
    assert_eq!(decimal("3e38").checked_add(decimal("3e38")), Some(decimal("6e38")));
    assert_eq!(decimal("9e125").checked_add(decimal("1e125")), None);
    assert_eq!(decimal("1.1e-130").checked_sub(decimal("1e-130")), None);
    assert_eq!(decimal("0").checked_add(decimal("-1e-130")), Some(decimal("-1e-130")));
}

#[test]
fn any_type_reads_the_nearest() {
    assert_eq!(from_value(&Value::Number(decimal("12.5"))), Ok(12.5f64));
    assert_eq!(from_value(&Value::Number(decimal("0.1"))), Ok(0.1f32));
    assert_eq!(
        from_value(&Value::Number(decimal("0.1234567890123456789"))),
        Ok(0.12345678901234568)
    );
    assert_eq!(from_value(&Value::Number(decimal("12.5"))), Ok(json!(12.5)));
    assert_eq!(from_value(&Value::Number(decimal("12.0"))), Ok(json!(12)));
    assert_eq!(from_value(&Value::Number(decimal("1e40"))), Ok(json!(1e40)));
    let error = from_value::<String>(&Value::Number(decimal("12.5"))).unwrap_err();
    assert_eq!(error.message(), "found float, expected a string");
    let error = from_value::<u8>(&Value::Number(decimal("12.5"))).unwrap_err();
    assert_eq!(error.message(), "found float, expected u8");
    assert!(from_value::<Option<u8>>(&Value::Number(decimal("255"))).unwrap().is_some());
}

#[test]
fn other_formats() {
    let numbers = vec![decimal("12.50"), 7.into(), float(0.5), (-7).into()];
    assert_eq!(serde_json::to_value(&numbers).unwrap(), json!(["12.5", 7, 0.5, -7]));
    let read: Vec<Number> = serde_json::from_str(r#"["12.5", 7, 0.5, -7]"#).unwrap();
    assert_eq!(read, numbers);
    assert!(serde_json::from_str::<Number>("true").is_err());
    assert!(serde_json::from_str::<Number>(r#""a""#).is_err());
}

#[test]
fn sizes() {
    let of = |text: &str| size(&to_bytes(&Item { v: decimal(text) }).unwrap()).unwrap() - 1;
    assert_eq!(of("12.5"), 3);
    assert_eq!(of("-12.5"), 4);
    assert_eq!(of("-0.25"), 3);
    assert_eq!(of("0.000000001"), 2);
    assert_eq!(of("1e100"), 2);
    assert_eq!(of(&format!("0.{}", "1".repeat(38))), 20);
    assert_eq!(of("0.5"), size(&to_bytes(&Item { v: 0.5 }).unwrap()).unwrap() - 1);
}

#[test]
fn nothing_is_between_a_number_and_its_neighbour() {
    let number = |text: &str| text.parse::<Number>().unwrap();
    for (text, above, below) in [
        ("0", "1e-130", "-1e-130"),
        (
            "1",
            "1.0000000000000000000000000000000000001",
            "0.99999999999999999999999999999999999999",
        ),
        (
            "-10",
            "-9.9999999999999999999999999999999999999",
            "-10.000000000000000000000000000000000001",
        ),
        (
            "1234.5",
            "1234.5000000000000000000000000000000001",
            "1234.4999999999999999999999999999999999",
        ),
        ("1e-130", "1.0000000000000000000000000000000000001e-130", "0"),
        (
            "99999999999999999999999999999999999999",
            "100000000000000000000000000000000000000",
            "99999999999999999999999999999999999998",
        ),
    ] {
        let (one, above, below) = (number(text), number(above), number(below));
        assert_eq!(one.neighbour(true), Some(above), "{text}");
        assert_eq!(one.neighbour(false), Some(below), "{text}");
        assert_eq!(above.neighbour(false), Some(one), "{text}");
        assert_eq!(below.neighbour(true), Some(one), "{text}");
    }
    let greatest = number("9.9999999999999999999999999999999999999e125");
    assert!(greatest.is_decimal());
    assert_eq!(greatest.neighbour(true), None);
    assert!(!Number::from_f64(1e300).unwrap().is_decimal());
    assert!(!Number::from(u128::MAX).is_decimal());
}
