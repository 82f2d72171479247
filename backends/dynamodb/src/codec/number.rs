//! Numbers as DynamoDB has them: decimals, as text.

use monotable_core::value::front::{Numeric, Wanted};
use monotable_core::value::{Number, ValueError};
use std::fmt::Write as _;

type Result<T> = std::result::Result<T, ValueError>;

/// How a number is written.
pub(super) fn text(number: Number) -> String {
    let text = number.to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// How a finite float is written: the shortest decimal that reads back as it.
pub(super) fn of_f64(value: f64) -> String {
    // Whole numbers below 2^53, where each is a float, are quicker to write as integers. So is -0.
    if value.abs() < 9_007_199_254_740_992.0 && value.fract() == 0.0 {
        return (value as i64).to_string();
    }
    let mut text = String::with_capacity(24);
    let plain = (1e-7..1e21).contains(&value.abs());
    // Writing to a `String` does not fail.
    let _ = if plain { write!(text, "{value}") } else { write!(text, "{value:e}") };
    text
}

/// Reads a number that a type wants as an integer, as a float or as whatever it is.
#[inline]
pub(super) fn read(text: &str, wanted: Wanted) -> Result<Numeric> {
    if wanted == Wanted::Float {
        nearest(text).map(Numeric::Float)
    } else if let Ok(value) = text.parse() {
        Ok(Numeric::Unsigned(value))
    } else if let Ok(value) = text.parse() {
        Ok(Numeric::Negative(value))
    } else {
        other(text, wanted)
    }
}

/// A number that is not written as an integer of 64 bits.
///
/// What is written like a float past 64 bits is one to a type that takes any value: serde's tagged
/// and untagged enums know no wider integers, and would refuse a float that has been stored.
fn other(text: &str, wanted: Wanted) -> Result<Numeric> {
    let float = nearest(text)?;
    let Ok(number) = text.parse::<Number>() else { return Ok(Numeric::Float(float)) };
    Ok(if let Some(value) = number.as_u64() {
        Numeric::Unsigned(value)
    } else if let Some(value) = number.as_i64() {
        Numeric::Negative(value)
    } else if wanted == Wanted::Any && Number::from_f64(float) == Some(number) {
        Numeric::Float(float)
    } else if let Some(value) = number.as_u128() {
        Numeric::BigUnsigned(value)
    } else if let Some(value) = number.as_i128() {
        Numeric::BigNegative(value)
    } else {
        Numeric::Float(float)
    })
}

fn nearest(text: &str) -> Result<f64> {
    // What is read includes names of infinity, which no number is stored as.
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(ValueError::new("the stored number is not a decimal number")),
    }
}

/// The digits of a number, without an exponent.
pub(super) fn digits(text: &str) -> Result<std::borrow::Cow<'_, str>> {
    if !text.contains(['e', 'E']) {
        return Ok(text.into());
    }
    text.parse::<Number>().map(|number| number.to_plain().into())
}
