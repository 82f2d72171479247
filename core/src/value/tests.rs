//! The two formats of this crate as their users meet them: what the bytes look like is in `format`.
//! What they share with other formats is tested by `tests/formats.rs`, with one list for all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod access;
mod damaged;
mod decimals;
mod format;
mod numbers;
mod refused;
mod sets;
mod sizes;
mod wide;

use std::fmt::Debug;

use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::*;

/// The greatest integer of 38 digits, and so the greatest that every store holds with all its digits.
const WIDEST: u128 = 10u128.pow(38) - 1;

/// An item of one attribute, for tests of what it holds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Item<T> {
    v: T,
}

/// Encodes and decodes a value as an attribute and by itself, and checks that all ways to the same
/// bytes agree.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T) {
    let item = Item { v };
    let bytes = to_bytes(&item).unwrap();
    assert_eq!(from_bytes::<Item<T>>(&bytes).unwrap(), item);
    assert_eq!(from_value::<T>(&to_value(&item.v).unwrap()).unwrap(), item.v);
    let map = to_map(&bytes).unwrap();
    assert_eq!(from_map(&map).unwrap(), bytes);
    // The writer counted the size as it went; here it is measured.
    assert_eq!(map_size(&map).unwrap(), size(&bytes).unwrap());
    assert_eq!(project(&bytes, &["v"]).unwrap(), bytes);
}

/// What is stored for a value.
fn stored<T: Serialize + ?Sized>(v: &T) -> Value {
    to_value(v).unwrap()
}

fn number(value: impl Into<Number>) -> Value {
    Value::Number(value.into())
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Map {
    let mut map = Map::new();
    for (name, value) in entries {
        map.insert(name, value);
    }
    map
}

/// Bytes as `serde_bytes` does them.
#[derive(Debug, Clone, PartialEq)]
struct Blob(Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BlobVisitor;

        impl<'de> Visitor<'de> for BlobVisitor {
            type Value = Blob;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Blob, E> {
                Ok(Blob(bytes.to_owned()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Blob, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(Blob(bytes))
            }
        }

        deserializer.deserialize_byte_buf(BlobVisitor)
    }
}
