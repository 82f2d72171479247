//! The keys that a query of an index reads, if the keys of the index are attributes of the items.

use crate::error::{Error, Kind, Result};
use crate::key::{PARTITION_KEY_BYTES, SORT_KEY_BYTES};
use crate::schema::{KeyAttribute, KeyAttributes};
use crate::value::Value;
use std::cmp::Ordering;
use std::fmt;

/// The values of attributes that a query reads, in the order of the attributes of the index.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AttributeKeys {
    /// The values of all attributes of the partition key.
    pub partition: Vec<Value>,
    /// The values of the first attributes of the sort key.
    pub sort: Vec<Value>,
    /// The values of the next attribute of the sort key; `None` for all of them.
    pub range: Option<AttributeRange>,
}

/// A range of the values of one attribute.
///
/// Stores have one condition for each attribute. So a range with two ends includes both of them: if the query
/// excludes one, its neighbour takes its place.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeRange {
    /// Values greater than or equal to this one.
    AtLeast(Value),
    /// Values greater than this one.
    MoreThan(Value),
    /// Values less than or equal to this one.
    AtMost(Value),
    /// Values less than this one.
    LessThan(Value),
    /// Values from the first one to the second one, both included. The first one is never greater.
    Between(Value, Value),
    /// Texts that begin with this text, which is not empty.
    BeginsWith(String),
}

impl AttributeRange {
    /// Returns whether the value is in the range.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        let is = |other: &Value, wanted: &[Ordering]| {
            compare(value, other).is_some_and(|order| wanted.contains(&order))
        };
        use Ordering::{Equal, Greater, Less};
        match self {
            AttributeRange::AtLeast(least) => is(least, &[Greater, Equal]),
            AttributeRange::MoreThan(least) => is(least, &[Greater]),
            AttributeRange::AtMost(most) => is(most, &[Less, Equal]),
            AttributeRange::LessThan(most) => is(most, &[Less]),
            AttributeRange::Between(least, most) => {
                is(least, &[Greater, Equal]) && is(most, &[Less, Equal])
            }
            AttributeRange::BeginsWith(text) => {
                value.as_text().is_some_and(|value| value.starts_with(text.as_str()))
            }
        }
    }

    /// The values that a request has for it, for the check of their size.
    fn bytes(&self) -> usize {
        match self {
            AttributeRange::AtLeast(value)
            | AttributeRange::MoreThan(value)
            | AttributeRange::AtMost(value)
            | AttributeRange::LessThan(value) => bytes(value),
            AttributeRange::Between(least, most) => bytes(least).max(bytes(most)),
            AttributeRange::BeginsWith(text) => text.len(),
        }
    }
}

impl AttributeKeys {
    /// Returns the keys with these values in the partition key.
    #[must_use]
    pub fn of_partition(partition: Vec<Value>) -> Self {
        AttributeKeys { partition, sort: Vec::new(), range: None }
    }

    /// Checks that the values have the types of the attributes, and are not longer than keys can be.
    pub(crate) fn check(&self, attributes: &KeyAttributes) -> Result<()> {
        let partition = check(attributes.partition, &self.partition)?;
        let sort = check(attributes.sort, &self.sort)?;
        let range = self.range.as_ref().map_or(0, AttributeRange::bytes);
        check_bytes("partition", attributes.partition, partition, PARTITION_KEY_BYTES)?;
        check_bytes("sort", attributes.sort, sort + range, SORT_KEY_BYTES)
    }
}

/// Checks the values of attributes, and returns how many bytes they have together.
fn check(attributes: &[KeyAttribute], values: &[Value]) -> Result<usize> {
    let mut total = 0;
    for (attribute, value) in attributes.iter().zip(values) {
        check_value(attribute, value)?;
        total += bytes(value);
    }
    Ok(total)
}

/// Checks that a value can be that of an attribute in a key.
pub(crate) fn check_value(attribute: &KeyAttribute, value: &Value) -> Result<()> {
    let name = attribute.name;
    let message = match value {
        Value::Text(text) if text.is_empty() => {
            format!("key attribute `{name}` is empty, and stores refuse empty keys: give it a text")
        }
        Value::Number(number) if !number.is_decimal() => format!(
            "key attribute `{name}` has a number that stores have no room for: they take 38 digits, from 1E-130 to below 1E+126"
        ),
        Value::Null => format!(
            "key attribute `{name}` is absent, and an item without it is not in the index: give it a value"
        ),
        other if other.kind() != attribute.ty.name() => format!(
            "key attribute `{name}` is a {}, but a {} is given: declare what its serde function stores with `#[stored(..)]`",
            attribute.ty.name(),
            other.kind()
        ),
        _ => return Ok(()),
    };
    Err(Error::new(Kind::InvalidKey, message))
}

/// Checks the bytes that all attributes of a partition key or a sort key have together.
pub(crate) fn check_bytes(
    what: &str,
    attributes: &[KeyAttribute],
    bytes: usize,
    most: usize,
) -> Result<()> {
    if bytes <= most {
        return Ok(());
    }
    let names: Vec<&str> = attributes.iter().map(|it| it.name).collect();
    let message = format!(
        "the attributes of the {what} key, `{}`, are {bytes} bytes long, and stores take {most}: shorten them",
        names.join("`, `")
    );
    Err(Error::new(Kind::InvalidKey, message))
}

/// Returns how many bytes a value has in a key.
pub(crate) fn bytes(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Number(number) => number.bytes(),
        _ => 0,
    }
}

/// Compares two values of one type, in the order of keys.
pub(crate) fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

impl fmt::Display for AttributeKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, &self.partition)?;
        f.write_str(" / ")?;
        list(f, &self.sort)?;
        let Some(range) = &self.range else {
            return f.write_str(if self.sort.is_empty() { "*" } else { "" });
        };
        f.write_str(if self.sort.is_empty() { "" } else { ", " })?;
        match range {
            AttributeRange::AtLeast(value) => write!(f, ">= {}", Shown(value)),
            AttributeRange::MoreThan(value) => write!(f, "> {}", Shown(value)),
            AttributeRange::AtMost(value) => write!(f, "<= {}", Shown(value)),
            AttributeRange::LessThan(value) => write!(f, "< {}", Shown(value)),
            AttributeRange::Between(least, most) => {
                write!(f, "{} to {}", Shown(least), Shown(most))
            }
            AttributeRange::BeginsWith(text) => write!(f, "{text}*"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, values: &[Value]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        write!(f, "{}{}", if at > 0 { ", " } else { "" }, Shown(value))?;
    }
    Ok(())
}

/// A value as it is shown in messages.
struct Shown<'a>(&'a Value);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => f.write_str(text),
            Value::Number(number) => number.fmt(f),
            other => f.write_str(other.kind()),
        }
    }
}
