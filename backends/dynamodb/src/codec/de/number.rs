//! Numbers, read as whatever type they fit.

use serde::de::Visitor;

use super::super::number::Decimal;
use super::{Result, ValueError};

/// A number as the narrowest integer that it is, and else as a float.
#[inline]
pub(super) fn integer<'de, V: Visitor<'de>>(text: &str, visitor: V, any: bool) -> Result<V::Value> {
    if let Ok(value) = text.parse::<u64>() {
        visitor.visit_u64(value)
    } else if let Ok(value) = text.parse::<i64>() {
        visitor.visit_i64(value)
    } else {
        other_number(text, visitor, any)
    }
}

/// A number that is not written as an integer of 64 bits.
///
/// What is written like a float past 64 bits is one to a visitor that takes `any` value: those of
/// serde's tagged and untagged enums know no wider integers, and would refuse a float that has been
/// stored.
fn other_number<'de, V: Visitor<'de>>(text: &str, visitor: V, any: bool) -> Result<V::Value> {
    let float = nearest(text)?;
    let Ok(decimal) = Decimal::parse(text) else {
        return visitor.visit_f64(float);
    };
    let (unsigned, signed) = (decimal.as_u128(), decimal.as_i128());
    if let Some(Ok(value)) = unsigned.map(u64::try_from) {
        visitor.visit_u64(value)
    } else if let Some(Ok(value)) = signed.map(i64::try_from) {
        visitor.visit_i64(value)
    } else if any && decimal.is_written_of(float) {
        visitor.visit_f64(float)
    } else if let Some(value) = unsigned {
        visitor.visit_u128(value)
    } else if let Some(value) = signed {
        visitor.visit_i128(value)
    } else {
        visitor.visit_f64(float)
    }
}

pub(super) fn nearest(text: &str) -> Result<f64> {
    // What is read includes names of infinity, which no number is stored as.
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(ValueError::new("the stored number is not a decimal number")),
    }
}
