//! The types of the shapes.

use super::One;
use monotable::value::Number;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Unit;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct New(pub(crate) u32);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pair(pub(crate) u32, pub(crate) String);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Empty {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inner {
    pub(crate) n: i32,
    pub(crate) text: Option<String>,
}

pub(crate) fn inner() -> Inner {
    Inner { n: -5, text: Some("x".to_owned()) }
}

/// An enum in each of serde's representations: this one is externally tagged.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum External {
    Unit,
    New(u64),
    Option(Option<u8>),
    Pair(u8, String),
    Struct { a: u8, b: Option<Inner> },
    Nested(Box<External>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(crate) enum Internal {
    Unit,
    New(Inner),
    Struct { a: f64, b: Vec<Inner> },
}

/// Binary data that serde buffers, before it knows the variant.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(crate) enum Buffered {
    Data { c: ByteBuf },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
pub(crate) enum Adjacent {
    Unit,
    New(u64),
    Pair(u8, i64),
    Struct { a: u8, b: Option<String> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Untagged {
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
    List(Vec<Untagged>),
    Struct { a: u8 },
    Map(BTreeMap<String, Untagged>),
    Unit,
}

/// A newtype of an option of itself, one level deeper each time.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Chain(pub(crate) Option<Box<One<Chain>>>);

/// Keys of maps.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Side {
    Left,
    #[serde(rename = "right-hand")]
    Right,
}

/// Each of the modules for `#[serde(with)]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct With {
    #[serde(with = "monotable::decimal")]
    pub(crate) price: Number,
    #[serde(with = "monotable::decimal::option", default)]
    pub(crate) discount: Option<Number>,
    #[serde(with = "monotable::set")]
    pub(crate) tags: BTreeSet<String>,
    #[serde(with = "monotable::set", default)]
    pub(crate) lots: Option<BTreeSet<i32>>,
    #[serde(with = "monotable::timestamp::ms")]
    pub(crate) at: jiff::Timestamp,
    #[serde(with = "monotable::timestamp::s", default)]
    pub(crate) until: Option<jiff::Timestamp>,
}

pub(crate) fn with() -> With {
    With {
        price: "19.90".parse().unwrap(),
        discount: Some("0.00000001".parse().unwrap()),
        tags: BTreeSet::from(["b".to_owned(), "a".to_owned(), String::new()]),
        lots: Some(BTreeSet::from([7, -300])),
        at: "2026-11-02T10:00:00.5Z".parse().unwrap(),
        until: Some("2026-11-02T10:00:00Z".parse().unwrap()),
    }
}

/// A number that is stored as a decimal.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decimal(#[serde(with = "monotable::decimal")] pub(crate) Number);

/// A sequence that is stored as a set.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Serialize + serde::de::DeserializeOwned")]
pub(crate) struct AsSet<T>(#[serde(with = "monotable::set")] pub(crate) T);
