//! Parsing and printing of numbers.

use std::fmt;
use std::str::FromStr;

use super::decimal::{Decimal, out_of_range, too_many_digits};
use super::{Number, Repr};
use crate::value::ValueError;

/// Reads decimal text, such as `-12.50` or `1E-7`.
///
/// # Errors
///
/// If the text is not a decimal number, or if the number has more than 38 significant digits (an
/// integer may have as many as fit `i128` or `u128`), or if its magnitude is neither zero nor in
/// the range from 1E-130 to below 1E+126.
impl FromStr for Number {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Decimal::parse(text)?.number()
    }
}

impl Decimal {
    pub(super) fn parse(text: &str) -> Result<Decimal, ValueError> {
        let (negative, text) = sign(text);
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, exponent(power)?),
            None => (text, 0),
        };
        let mut magnitude = 0u128;
        // Zeros count only if another digit follows.
        let mut zeros = 0i64;
        let mut places = 0i64;
        let mut point = false;
        for byte in mantissa.bytes() {
            match byte {
                b'.' if !point => {
                    point = true;
                    continue;
                }
                b'0' => zeros += 1,
                b'1'..=b'9' => {
                    let shift = if magnitude == 0 { 0 } else { zeros + 1 };
                    magnitude = u32::try_from(shift)
                        .ok()
                        .and_then(|shift| 10u128.checked_pow(shift))
                        .and_then(|scale| magnitude.checked_mul(scale))
                        .and_then(|shifted| shifted.checked_add(u128::from(byte - b'0')))
                        .ok_or_else(too_many_digits)?;
                    zeros = 0;
                }
                _ => return Err(not_a_number()),
            }
            places += i64::from(point);
        }
        if mantissa.len() == usize::from(point) {
            return Err(not_a_number());
        }
        if magnitude == 0 {
            return Ok(Decimal::ZERO);
        }
        // Far more than the exponent of any number, and far less than an overflow.
        let exponent = i16::try_from(power + zeros - places).map_err(|_| out_of_range())?;
        let exponent = i32::from(exponent);
        Ok(Decimal::new(negative, magnitude, exponent))
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Returns the exponent. If it is out of range, returns one that is out of range, too.
fn exponent(text: &str) -> Result<i64, ValueError> {
    let (negative, digits) = sign(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_a_number());
    }
    let value = digits.parse().unwrap_or(i64::MAX).min(i64::from(u32::MAX) * 2);
    Ok(if negative { -value } else { value })
}

#[cold]
fn not_a_number() -> ValueError {
    ValueError::new("not a decimal number")
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without an exponent, very large and very small numbers would have hundreds of zeros.
        match self.0 {
            Repr::Unsigned(value) => value.fmt(f),
            Repr::Negative(value) => value.fmt(f),
            Repr::Float(value) if value != 0.0 && !(1e-7..1e21).contains(&value.abs()) => {
                fmt::LowerExp::fmt(&value, f)
            }
            Repr::Float(value) => value.fmt(f),
            Repr::Decimal { exponent, .. } => {
                let decimal = self.decimal();
                if exponent < 0 && decimal.first_exponent() >= -7 {
                    f.write_str(&plain(decimal))
                } else {
                    f.write_str(&scientific(decimal))
                }
            }
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Number {
    /// Returns the number in digits without an exponent, for types that do not read exponents.
    #[must_use]
    pub fn to_plain(self) -> String {
        match self.0 {
            Repr::Decimal { .. } => plain(self.decimal()),
            // A float's `Display` has no exponent.
            Repr::Float(value) => value.to_string(),
            _ => self.to_string(),
        }
    }
}

fn plain(decimal: Decimal) -> String {
    let mut text = decimal.magnitude.to_string();
    match usize::try_from(decimal.exponent) {
        Ok(zeros) => text.extend(std::iter::repeat_n('0', zeros)),
        Err(_) => {
            let places = decimal.exponent.unsigned_abs() as usize;
            let missing = (places + 1).saturating_sub(text.len());
            text.insert_str(0, &"0".repeat(missing));
            text.insert(text.len() - places, '.');
        }
    }
    signed(decimal, text)
}

fn scientific(decimal: Decimal) -> String {
    let mut text = decimal.magnitude.to_string();
    if text.len() > 1 {
        text.insert(1, '.');
    }
    text.push_str(&format!("e{}", decimal.first_exponent()));
    signed(decimal, text)
}

fn signed(decimal: Decimal, mut text: String) -> String {
    if decimal.negative {
        text.insert(0, '-');
    }
    text
}
