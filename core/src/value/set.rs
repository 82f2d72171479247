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

// `insert` and `extend` instead of `collect` and the set operators: each of those is several thousand lines of
// machine code for each type of element, most of them for a sort.
impl Set {
    /// Returns a set of one element, or `None` if a set cannot hold it.
    pub(crate) fn of(element: Value) -> Option<Self> {
        let mut set = match &element {
            Value::Text(_) => Set::Text(BTreeSet::new()),
            Value::Number(_) => Set::Numbers(BTreeSet::new()),
            Value::Bytes(_) => Set::Bytes(BTreeSet::new()),
            _ => return None,
        };
        set.add(element).map(|_| set)
    }

    /// Adds an element. Returns whether it is new, or `None` if it is not of the kind of the others.
    pub(crate) fn add(&mut self, element: Value) -> Option<bool> {
        match (self, element) {
            (Set::Text(set), Value::Text(text)) => Some(set.insert(text)),
            (Set::Numbers(set), Value::Number(number)) => Some(set.insert(number)),
            (Set::Bytes(set), Value::Bytes(bytes)) => Some(set.insert(bytes)),
            _ => None,
        }
    }
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
        let Some(first) = seq.next_element()? else {
            return Err(Error::custom("a set is never empty"));
        };
        let Some(mut set) = Set::of(first) else {
            return Err(Error::custom("a set holds text, numbers or bytes"));
        };
        while let Some(element) = seq.next_element()? {
            match set.add(element) {
                Some(true) => {}
                Some(false) => return Err(Error::custom("two elements of the set are equal")),
                None => return Err(Error::custom("the elements of a set are of one kind")),
            }
        }
        Ok(set)
    }
}
