//! Sets, which serde has no shape for: a sequence that a type has marked as one.

use std::collections::HashSet;
use std::hash::Hash;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

use super::{Decimal, Encoded, Result, ValueError};

/// A set of the elements of a list, which are moved over.
pub(super) fn of_values(values: Encoded) -> Result<AttributeValue> {
    let Some(AttributeValue::L(values)) = values else {
        return Err(ValueError::new("a set is written as a sequence"));
    };
    let mut values = values.into_iter();
    let all = values.len();
    match values.next() {
        None => Err(empty()),
        Some(AttributeValue::S(first)) => elements(first, all, values, |value| match value {
            AttributeValue::S(text) => Ok(text),
            _ => Err(mixed()),
        })
        .map(AttributeValue::Ss),
        Some(AttributeValue::N(first)) => elements(in_one_form(&first)?, all, values, |value| {
            match value {
                // Numbers that are written in other ways can be the same.
                AttributeValue::N(text) => in_one_form(&text),
                _ => Err(mixed()),
            }
        })
        .map(AttributeValue::Ns),
        Some(AttributeValue::B(first)) => {
            let elements = elements(first.into_inner(), all, values, |value| match value {
                AttributeValue::B(bytes) => Ok(bytes.into_inner()),
                _ => Err(mixed()),
            });
            elements.map(blobs)
        }
        Some(_) => Err(mixed().within_element(0)),
    }
}

/// A set of binary data.
pub(in crate::codec) fn byte_set(
    values: impl ExactSizeIterator<Item = Vec<u8>>,
) -> Result<AttributeValue> {
    if values.len() == 0 {
        return Err(empty());
    }
    Ok(blobs(values.collect()))
}

fn blobs(values: Vec<Vec<u8>>) -> AttributeValue {
    AttributeValue::Bs(values.into_iter().map(Blob::new).collect())
}

/// The first element and the others, if all are of its kind and different.
fn elements<T: Eq + Hash + Ord>(
    first: T,
    all: usize,
    others: impl Iterator<Item = AttributeValue>,
    of_kind: impl Fn(AttributeValue) -> Result<T>,
) -> Result<Vec<T>> {
    let mut elements = Vec::with_capacity(all);
    elements.push(first);
    for (index, value) in others.enumerate() {
        elements.push(of_kind(value).map_err(|error| error.within_element(index + 1))?);
    }
    // A sorted set comes sorted, and is known to have no element twice without being hashed.
    if elements.is_sorted_by(|a, b| a < b) {
        return Ok(elements);
    }
    let mut seen = HashSet::with_capacity(all);
    match elements.iter().position(|element| !seen.insert(element)) {
        None => Ok(elements),
        Some(index) => {
            let error = ValueError::new("the set has this element twice");
            Err(error.within_element(index))
        }
    }
}

fn in_one_form(number: &str) -> Result<String> {
    Ok(Decimal::parse(number)?.text())
}

fn empty() -> ValueError {
    ValueError::new("a set is never empty in DynamoDB: make the field an Option")
}

fn mixed() -> ValueError {
    ValueError::new("the elements of a set are all text, all numbers or all bytes")
}
