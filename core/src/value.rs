//! Stored values, and the one codec between them and serde.
//!
//! An item is a serde struct with its key attributes beside its fields. [`to_bytes`]
//! encodes it to a compact form, which a store can keep and copy cheaply, and [`from_bytes`] decodes it.
//! Neither builds a tree of values. [`Value`] is for places that need one attribute at a time:
//! conditions, updates, the values of a request.
//!
//! # What serde stores
//!
//! These rules are the reference for every backend, whatever its own codec is.
//!
//! | serde | stored |
//! |---|---|
//! | integers of any width, `f32`, `f64` | number |
//! | `str`, `char`, unit variants | text |
//! | `bool` | bool |
//! | bytes (`serialize_bytes`) | bytes |
//! | a field with [`monotable::decimal`](crate::decimal) | number |
//! | sequences, tuples, tuple structs | list |
//! | a field with [`monotable::set`](crate::set) | set |
//! | structs, maps | map |
//! | `()`, unit structs | null |
//! | `None` as an attribute of the item | not stored |
//! | `None` anywhere deeper | null |
//! | `Some(x)`, newtype structs | as `x` alone |
//! | newtype, tuple and struct variants | map of one entry, the variant's name |
//!
//! - All four enum representations of serde work. The format is human readable in serde's sense,
//!   so times, identifiers and addresses are text.
//! - Nested options collapse: `Some(None)` is stored like `None`, and is read as `None`.
//! - A `None` attribute is absent, so the field must be one that serde can fill in: a plain
//!   `Option`, or any other type with `#[serde(default)]`. An `Option` read through
//!   `deserialize_with` or `with`, or inside a newtype struct, needs the `default`.
//! - Map keys may be text, characters, integers, floats, booleans or unit variants. They are stored
//!   as text and read back as their original type.
//! - Numbers keep their value exactly. An integer can be read as a float, and a float as an integer
//!   if it is one. An `f32` is stored as the `f64` of the same value.
//! - A float has the value of the shortest decimal that is read back as the same float, so that all
//!   stores agree on what it equals: `0.1` is the decimal 0.1. (A float above 2^53 that is read as an
//!   integer has the value of this decimal, too.)
//! - A decimal is stored as an integer if it is one. Any other decimal can be read as the nearest
//!   float. A set can be read as a sequence, and a sequence as a set.
//! - A list of numbers can be read as bytes, and bytes as a sequence of numbers.
//! - A type other than [`Value`] that accepts any kind of value (`deserialize_any`) gets a float for a
//!   decimal that is not an integer, and a sequence for a set. serde itself does this for flattened
//!   structs and for untagged and internally tagged enums. Inside them, a decimal has only the digits of
//!   an `f64`, and a set is read into a [`Value`] as a list.
//!
//! # What is refused
//!
//! Each error names the attribute:
//!
//! - an item that is not a struct or a map (or a variant that is stored as one);
//! - NaN and infinities, which no store holds;
//! - a decimal that is not the text of a number, that has more than 38 significant digits (unless
//!   it is an integer of at most 128 bits), or that is out of range, from 1E-130 to below 1E+126;
//! - a set that is empty, whose elements are not all text, all numbers or all bytes, or two of
//!   whose elements are equal;
//! - two entries with the same name in the item or in a map;
//! - values nested more than 32 levels deep, the limit of the strictest store. A scalar attribute
//!   is one level, so lists and maps can be nested 31 deep.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

mod binary;
mod convert;
mod error;
#[doc(hidden)]
pub mod front;
mod map;
mod measure;
mod number;
mod set;
#[cfg(test)]
mod tests;
mod token;
mod tree;
pub(crate) mod with;

pub use error::ValueError;
pub use map::Map;
pub use number::Number;
pub use set::Set;

use binary::{Raw, Writer};
use tree::{Node, Tree};

/// What is stored for a value. For the derives.
#[doc(hidden)]
pub type Encoded = Result<Value, ValueError>;

/// A value as a store holds it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// No value. An attribute that the item does not have is absent, which is different from `Null`.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer, a decimal or a float.
    Number(Number),
    /// UTF-8 text.
    Text(String),
    /// Binary data.
    Bytes(Vec<u8>),
    /// Values in order.
    List(Vec<Value>),
    /// Named values.
    Map(Map),
    /// Different values of one kind, without an order.
    Set(Set),
}

impl Value {
    /// Returns the kind of the value in one word, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Set(_) => "set",
        }
    }

    /// Returns the text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, if this is a number.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("Null"),
            Value::Bool(value) => value.fmt(f),
            Value::Number(value) => value.fmt(f),
            Value::Text(value) => value.fmt(f),
            Value::Bytes(value) => write!(f, "Bytes({value:?})"),
            Value::List(value) => value.fmt(f),
            Value::Map(value) => value.fmt(f),
            Value::Set(value) => value.fmt(f),
        }
    }
}

/// Encodes an item: a struct or a map, each field of which is an attribute.
///
/// # Errors
///
/// If the item is one of those that are [refused](self#what-is-refused), or if its own `Serialize`
/// fails. The error names the attribute.
pub fn to_bytes<T: Serialize + ?Sized>(item: &T) -> Result<Vec<u8>, ValueError> {
    let mut writer = Writer::item();
    front::write_item(&mut writer, item)?;
    writer.into_item()
}

/// Decodes an item.
///
/// Attributes that `T` does not have are skipped and not checked.
///
/// # Errors
///
/// If an attribute is missing or of another type than `T` expects, or if the bytes are damaged. The
/// error names the attribute.
pub fn from_bytes<T: DeserializeOwned>(item: &[u8]) -> Result<T, ValueError> {
    front::read(Raw::Map(binary::entries(item)?))
}

/// Returns one attribute of an encoded item, or `None` if the item does not have it.
///
/// # Errors
///
/// If the bytes are damaged.
pub fn attribute(item: &[u8], name: &str) -> Result<Option<Value>, ValueError> {
    match binary::find(binary::entries(item)?, name) {
        Ok(Some(raw)) => front::read(raw).map(Some).map_err(|error| error.within(name)),
        Ok(None) => Ok(None),
        Err(error) => Err(error.within(name)),
    }
}

/// Returns a text attribute of an encoded item, without a copy. Returns `None` if the item does not have
/// it or if it is not text.
pub fn text<'a>(item: &'a [u8], name: &str) -> Option<&'a str> {
    match binary::find(binary::entries(item).ok()?, name) {
        Ok(Some(Raw::Text(text))) => std::str::from_utf8(text).ok(),
        _ => None,
    }
}

/// Returns the encoded item with only those attributes that `keep` names, in the item's order.
///
/// # Errors
///
/// If the bytes are damaged.
pub fn project(item: &[u8], keep: &[&str]) -> Result<Vec<u8>, ValueError> {
    binary::project(item, keep)
}

/// Returns all attributes of an encoded item.
///
/// # Errors
///
/// If the bytes are damaged.
pub fn to_map(item: &[u8]) -> Result<Map, ValueError> {
    from_bytes(item)
}

/// Encodes attributes as an item. Unlike a `None` field, an attribute that is `Null` is stored.
///
/// # Errors
///
/// If values are nested too deep.
pub fn from_map(attributes: &Map) -> Result<Vec<u8>, ValueError> {
    to_bytes(attributes)
}

/// Returns the attributes that an item is stored as.
///
/// # Errors
///
/// Those of [`to_bytes`].
pub fn item_to_map<T: Serialize + ?Sized>(item: &T) -> Result<Map, ValueError> {
    match front::write_item(&mut Tree, item)? {
        Value::Map(map) => Ok(map),
        _ => Err(front::not_an_item()),
    }
}

/// Decodes an item from its attributes.
///
/// # Errors
///
/// Those of [`from_bytes`].
pub fn item_from_map<T: DeserializeOwned>(attributes: &Map) -> Result<T, ValueError> {
    front::read(Node::Map(attributes))
}

/// Returns the value that is stored for an attribute of type `T`.
///
/// `None` becomes `Null` here. Only an item can leave out an attribute.
///
/// # Errors
///
/// Those of [`to_bytes`], except that any type of value is accepted.
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, ValueError> {
    front::write_value(&mut Tree, value)
}

/// Decodes an attribute.
///
/// # Errors
///
/// If the value is not what `T` expects. The error's attribute is the path inside the value.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, ValueError> {
    front::read(Node::Value(value))
}

/// Returns the deserializer of a value, for serde functions of fields. For the derives.
#[doc(hidden)]
pub fn reader(value: &Value) -> impl serde::Deserializer<'_, Error = ValueError> {
    front::reader(Node::Value(value))
}

/// Returns the size of an encoded item in bytes, by DynamoDB's published rules. The size is read from
/// the header of the encoding, and not computed.
///
/// - The item: its attributes' names (their UTF-8 bytes) and values.
/// - Text and bytes: their length. Null and bool: 1.
/// - Set: its elements. (The rules do not name it, so it has no overhead.)
/// - Number: 1, and 1 for every two significant digits (rounded up), and 1 if it is negative.
/// - List and map: 3, and 1 for each element, and the elements (with their names, in a map).
///
/// # Errors
///
/// If the bytes are not an encoded item.
pub fn size(item: &[u8]) -> Result<usize, ValueError> {
    binary::size(item)
}

/// The size of the item that has these attributes, by the rules of [`size`].
///
/// # Errors
///
/// If a value is nested too deep.
pub fn map_size(attributes: &Map) -> Result<usize, ValueError> {
    front::item_size(Node::Map(attributes))
}
