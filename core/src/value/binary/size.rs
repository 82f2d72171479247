//! The sizes of values by DynamoDB's published rules.

use super::{Raw, Reader};
use crate::value::front::MAX_DEPTH;
use crate::value::measure;

/// The size of a value that has been taken out of its item. (The writer counts as it goes.) `None`
/// if the bytes are damaged.
pub(super) fn size_of(value: Raw<'_>) -> Option<usize> {
    nested(value, MAX_DEPTH)
}

fn nested(value: Raw<'_>, depth: u8) -> Option<usize> {
    Some(match value {
        Raw::Null | Raw::Bool(_) => 1,
        Raw::Unsigned(value) => measure::unsigned(value),
        Raw::Negative(value) => measure::negative(value.unsigned_abs()),
        Raw::BigUnsigned(bytes) => measure::unsigned_128(u128::from_le_bytes(*bytes)),
        Raw::BigNegative(bytes) => {
            measure::unsigned_128(Raw::big_negative(bytes).ok()?.unsigned_abs()) + 1
        }
        Raw::Float(value) => measure::float(value),
        Raw::Decimal(_) => measure::decimal(value.number()?),
        Raw::Set(content) => {
            let mut reader = Reader::new(content);
            let mut total = 0;
            while !reader.is_empty() {
                total += nested(reader.value()?, depth.checked_sub(1)?)?;
            }
            total
        }
        Raw::Text(bytes) | Raw::Bytes(bytes) => bytes.len(),
        Raw::List(content) | Raw::Map(content) => {
            let named = matches!(value, Raw::Map(_));
            let mut reader = Reader::new(content);
            let mut total = 3;
            while !reader.is_empty() {
                let name = if named { reader.name()?.len() } else { 0 };
                total += 1 + name + nested(reader.value()?, depth.checked_sub(1)?)?;
            }
            total
        }
    })
}
