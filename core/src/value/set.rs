//! Sets as values.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::{Number, Value, token};

/// A set: different elements of one kind, without an order. An empty set cannot be stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// Of texts.
    Text(BTreeSet<String>),
    /// Of numbers.
    Numbers(BTreeSet<Number>),
    /// Of binary data.
    Bytes(BTreeSet<Vec<u8>>),
}

impl Serialize for Set {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(token::SET, &Elements(self))
    }
}

struct Elements<'a>(&'a Set);

impl Serialize for Elements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Set::Text(texts) => texts.serialize(serializer),
            Set::Numbers(numbers) => numbers.serialize(serializer),
            Set::Bytes(set) => {
                let mut seq = serializer.serialize_seq(Some(set.len()))?;
                for bytes in set {
                    seq.serialize_element(&Bytes(bytes))?;
                }
                seq.end()
            }
        }
    }
}

struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for Set {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(SetVisitor)
    }
}

struct SetVisitor;

impl<'de> Visitor<'de> for SetVisitor {
    type Value = Set;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set of text, numbers or bytes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Set, A::Error> {
        let mut set = match seq.next_element()? {
            Some(Value::Text(text)) => Set::Text(BTreeSet::from([text])),
            Some(Value::Number(number)) => Set::Numbers(BTreeSet::from([number])),
            Some(Value::Bytes(bytes)) => Set::Bytes(BTreeSet::from([bytes])),
            Some(_) => {
                return Err(Error::custom("a set holds text, numbers or bytes"));
            }
            None => return Err(Error::custom("a set is never empty")),
        };
        while let Some(value) = seq.next_element()? {
            let new = match (&mut set, value) {
                (Set::Text(set), Value::Text(text)) => set.insert(text),
                (Set::Numbers(set), Value::Number(number)) => set.insert(number),
                (Set::Bytes(set), Value::Bytes(bytes)) => set.insert(bytes),
                _ => return Err(Error::custom("the elements of a set are of one kind")),
            };
            if !new {
                return Err(Error::custom("two elements of the set are equal"));
            }
        }
        Ok(set)
    }
}
