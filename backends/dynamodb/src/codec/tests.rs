//! The format itself: which attribute values are stored, and what is read from those that others have
//! written. What it shares with the other formats is tested by `tests/formats.rs`, with one list for
//! all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod decode;
mod items;
mod numbers;
mod portable;
mod sets;
mod sizes;
mod stored;

use std::fmt::Debug;

use monotable_core::value::{self, Map};
use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serializer};

use super::*;

/// The names of the newtypes that core's `set` and `decimal` write.
const SET: &str = "$monotable::set";
const NUMBER: &str = "$monotable::number";

/// An item of one attribute, for tests of what it holds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct One<T> {
    v: T,
}

/// What is stored for an attribute.
fn stored<T: Serialize>(v: T) -> AttributeValue {
    Attributes::encode(&One { v }).unwrap().into_map().remove("v").unwrap()
}

/// What is read from an attribute.
fn read<T: DeserializeOwned>(value: AttributeValue) -> Result<T> {
    let mut attributes = Attributes::from(HashMap::from([("v".to_owned(), value)]));
    let borrowed = attributes.decode::<One<T>>();
    let owned = attributes.take::<One<T>>();
    let message = |result: &Result<_>| result.as_ref().err().map(ToString::to_string);
    assert_eq!(message(&borrowed), message(&owned));
    owned.map(|item| item.v)
}

/// Why an attribute is not stored.
fn refusal<T: Serialize>(v: T) -> String {
    let error = Attributes::encode(&One { v }).unwrap_err();
    assert!(error.is_encode());
    error.to_string()
}

/// Why an attribute is not read.
fn misread<T: DeserializeOwned + Debug>(value: AttributeValue) -> String {
    let error = read::<T>(value).unwrap_err();
    assert!(error.is_decode());
    error.to_string()
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(text: &str) -> AttributeValue {
    AttributeValue::N(text.to_owned())
}

fn bytes(bytes: &[u8]) -> AttributeValue {
    AttributeValue::B(aws_sdk_dynamodb::primitives::Blob::new(bytes))
}

fn list<const N: usize>(values: [AttributeValue; N]) -> AttributeValue {
    AttributeValue::L(values.into())
}

fn map<const N: usize>(entries: [(&str, AttributeValue); N]) -> AttributeValue {
    AttributeValue::M(entries.map(|(name, value)| (name.to_owned(), value)).into())
}

const NULL: AttributeValue = AttributeValue::Null(true);

/// A sequence that is a set, as a set type of core's says it.
#[derive(Debug, PartialEq)]
struct AsSet<T>(Vec<T>);

impl<T: Serialize> Serialize for AsSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SET, &self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for AsSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SetVisitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for SetVisitor<T> {
            type Value = AsSet<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a set")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                Vec::deserialize(deserializer).map(AsSet)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(AsSet(values))
            }
        }
        deserializer.deserialize_newtype_struct(SET, SetVisitor(std::marker::PhantomData))
    }
}

/// A decimal number of any type, as its text.
#[derive(Debug, Clone, PartialEq)]
struct AsDecimal(String);

impl Serialize for AsDecimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NUMBER, &self.0)
    }
}

impl<'de> Deserialize<'de> for AsDecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DecimalVisitor;
        impl<'de> Visitor<'de> for DecimalVisitor {
            type Value = AsDecimal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                String::deserialize(deserializer).map(AsDecimal)
            }
        }
        deserializer.deserialize_newtype_struct(NUMBER, DecimalVisitor)
    }
}
