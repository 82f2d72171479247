//! Entries of indexes whose keys are attributes of the items.
//!
//! They are entries like all others. The place of the index's partition key has the values of its attributes, one
//! after the other, and so has the place of the sort key. Each value is encoded so that more can follow it, and
//! encoded values sort as the values do:
//!
//! ```text
//! text      encoded, with its end, as everywhere in the layout
//! number    02, exponent, digits, 00           a positive number
//!           01                                 zero
//!           00, each byte after the 02 of its negation, inverted
//! ```
//!
//! The exponent is that of the first digit, in two bytes, big-endian, with the sign bit flipped. A digit is one
//! byte, greater by one than the digit itself. Zeros at the end are left out.

use super::range::{KeyRange, after_prefix};
use super::{push_bytes, push_escaped, push_text, row};
use monotable_core::request::{AttributeKeys, AttributeRange, Position};
use monotable_core::value::{Number, Value};
use monotable_core::{Error, Kind, Result};
use std::ops::Bound;

/// Returns the key of an entry of an index whose keys are attributes.
pub(crate) fn attribute_entry(
    index: &str,
    partition: &[Value],
    sort: &[Value],
    row: &[u8],
) -> Vec<u8> {
    let mut key = prefix(index, partition);
    push_bytes(&mut key, &encoded(sort));
    key.extend_from_slice(row);
    key
}

/// Returns the range of the entries that a query reads.
///
/// # Errors
///
/// `InvalidRequest` if `after` has no primary key.
pub(crate) fn attribute_entries(
    index: &str,
    keys: &AttributeKeys,
    after: Option<&Position>,
    descending: bool,
) -> Result<KeyRange> {
    let partition = prefix(index, &keys.partition);
    let bound = encoded(&keys.sort);
    // A prefix of exactly the entries whose next attribute has this value, or of those with all bound ones.
    let with = |value: Option<&Value>| {
        let mut sort = bound.clone();
        value.into_iter().for_each(|value| push_value(&mut sort, value));
        let mut key = partition.clone();
        push_escaped(&mut key, &sort);
        key
    };
    let (first, last) = (Bound::Included(with(None)), after_prefix(with(None)));
    let (start, end) = match &keys.range {
        None => (first, last),
        Some(AttributeRange::AtLeast(value)) => (Bound::Included(with(Some(value))), last),
        Some(AttributeRange::MoreThan(value)) => {
            let start = match after_prefix(with(Some(value))) {
                Bound::Excluded(after) => Bound::Included(after),
                other => other,
            };
            (start, last)
        }
        Some(AttributeRange::AtMost(value)) => (first, after_prefix(with(Some(value)))),
        Some(AttributeRange::LessThan(value)) => (first, Bound::Excluded(with(Some(value)))),
        Some(AttributeRange::Between(least, most)) => {
            (Bound::Included(with(Some(least))), after_prefix(with(Some(most))))
        }
        Some(AttributeRange::BeginsWith(text)) => {
            let mut sort = bound.clone();
            push_escaped(&mut sort, text.as_bytes());
            let mut key = partition.clone();
            push_escaped(&mut key, &sort);
            (Bound::Included(key.clone()), after_prefix(key))
        }
    };
    let range = KeyRange::new(start, end);
    let Some(position) = after else { return Ok(range) };
    let primary = position.primary().ok_or_else(|| {
        let message = "a position on an index needs the item's primary key, but this one has none";
        Error::new(Kind::InvalidRequest, message)
    })?;
    let row = row(&primary.pk, &primary.sk);
    let entry = attribute_entry(index, &keys.partition, position.attributes(), &row);
    Ok(range.after(entry, descending))
}

/// The bytes that the entries of a partition begin with.
fn prefix(index: &str, partition: &[Value]) -> Vec<u8> {
    let mut key = Vec::with_capacity(64);
    push_text(&mut key, index);
    push_bytes(&mut key, &encoded(partition));
    key
}

fn encoded(values: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(32);
    values.iter().for_each(|value| push_value(&mut bytes, value));
    bytes
}

fn push_value(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Text(text) => push_text(bytes, text),
        Value::Number(number) => push_number(bytes, *number),
        // No other value is in a key.
        _ => {}
    }
}

fn push_number(bytes: &mut Vec<u8>, number: Number) {
    let text = number.to_plain();
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    let leading = digits.len() - significant.len();
    let significant = significant.trim_end_matches('0');
    if significant.is_empty() {
        bytes.push(1);
        return;
    }
    let exponent = whole.len() as i64 - 1 - leading as i64;
    let exponent =
        i16::try_from(exponent).unwrap_or(if exponent < 0 { i16::MIN } else { i16::MAX });
    let mut magnitude = Vec::with_capacity(significant.len() + 3);
    magnitude.extend_from_slice(&(exponent ^ i16::MIN).to_be_bytes());
    magnitude.extend(significant.bytes().map(|digit| digit - b'0' + 1));
    magnitude.push(0);
    if negative {
        bytes.push(0);
        bytes.extend(magnitude.iter().map(|byte| !byte));
    } else {
        bytes.push(2);
        bytes.append(&mut magnitude);
    }
}
