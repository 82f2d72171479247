//! Entities whose key attributes are fed by one field, by several fields, and by fields of the
//! primary key.

use super::{First, Near, Second, State, Third, Zoo, state};
use crate::values::{loose, maybe, signed, small, text, texts, time};
use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// One field feeds one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "SINGLE#{id}", sk = "ITEM")]
#[access(single_by_name, index = First, pk = "SINGLE#{name}", sk = "{id}")]
pub struct Single {
    pub id: u8,
    pub name: String,
    pub note: u8,
}
case! { Single, put;
    key { id: small }
    fields { NAME name: text }
    blind { NAME name }
}

/// Two fields feed one attribute each, and together an attribute of another index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "PAIR#{id}", sk = "ITEM")]
#[access(pair_apart, index = First, pk = "PAIR#{a}", sk = "{b}#{id}")]
#[access(pair_together, index = Second, pk = "PAIR#{a}#{b}", sk = "{id}")]
pub struct Pair {
    pub id: u8,
    pub a: String,
    pub b: u8,
    pub note: u8,
}
case! { Pair, put;
    key { id: small }
    fields { A a: text, B b: small }
    blind {}
    together SECOND_KEY { a, b }
}

/// One field feeds an attribute alone, and two feed one together. One of these is descending.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "TRIPLE#{id}", sk = "ITEM")]
#[access(triple, index = First, pk = "TRIPLE#{a}", sk = "{b}#{c:desc}#{id}")]
pub struct Triple {
    pub id: u8,
    pub a: String,
    pub b: State,
    pub c: i32,
    pub note: u8,
}
case! { Triple, put;
    key { id: small }
    fields { A a: text, B b: state, C c: signed }
    blind { A a }
    together FIRST_KEY { a, b, c }
}

/// Fields and parts of the primary key feed one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "MIXED#{owner}", sk = "{n:desc}")]
#[access(mixed)]
#[access(mixed_by_state, index = First, pk = "MIXED#{state}#{owner}", sk = "{n}#{score:desc}")]
#[access(mixed_near, index = Near, sk = "{state}#{owner}#{n}")]
#[access(mixed_by_score, index = Third, pk = "MIXED#{score}", sk = "{state}#{owner}#{n:desc}")]
pub struct Mixed {
    pub owner: String,
    pub n: u8,
    pub state: State,
    pub score: i32,
    pub note: u8,
}
case! { Mixed, put;
    key { owner: text, n: small }
    fields { STATE state: state, SCORE score: signed }
    blind { STATE state, SCORE score }
}

/// Some parts can be absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "OPTIONAL#{id}", sk = "ITEM")]
#[access(optional_by_city, index = First, pk = "OPTIONAL#{city}", sk = "{zip}#{id}")]
#[access(optional_by_zip, index = Second, pk = "OPTIONAL#{zip}", sk = "{city}")]
#[access(optional_near, index = Near, sk = "{zip}")]
#[access(optional_by_both, index = Third, pk = "OPTIONAL#{id}", sk = "{floor}#{id}")]
pub struct Optional {
    pub id: u8,
    pub city: Option<String>,
    pub zip: Option<u8>,
    pub floor: Option<i32>,
    pub note: u8,
}
case! { Optional, put;
    key { id: small }
    fields { CITY city: maybe(text), ZIP zip: maybe(small), FLOOR floor: maybe(signed) }
    blind { CITY city, ZIP zip }
    remove { FLOOR floor }
}

/// serde fills in some parts when they are absent, and leaves some fields out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "DEFAULTED#{id}", sk = "ITEM")]
#[access(defaulted, index = First, pk = "DEFAULTED#{level}", sk = "{tag?}#{id}")]
#[access(defaulted_both, index = Third, pk = "DEFAULTED#{id}#{level}", sk = "{tag?}#{level:desc}")]
pub struct Defaulted {
    pub id: u8,
    #[serde(default = "two")]
    pub level: u8,
    #[serde(default)]
    pub tag: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
    pub note: u8,
}
fn two() -> u8 {
    2
}
case! { Defaulted, put;
    key { id: small }
    fields { LEVEL level: small, TAG tag: loose, EXTRAS extras: texts }
    blind { EXTRAS extras }
    together THIRD_KEY { level, tag }
}

/// A time feeds one attribute as a bucket, and another as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "BUCKETED#{id}", sk = "ITEM")]
#[access(bucketed_by_day, index = First, pk = "BUCKETED#{at:day:bucket}", sk = "{at}#{id}")]
#[access(bucketed_by_month, index = Second, pk = "BUCKETED#{at:month:bucket}", sk = "{name}")]
pub struct Bucketed {
    pub id: u8,
    pub at: Timestamp,
    pub name: String,
    pub note: u8,
}
case! { Bucketed, put;
    key { id: small }
    fields { AT at: time, NAME name: text }
    blind { AT at, NAME name }
}

/// The primary key has the whole time, and the index keys have buckets of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "LOGGED#{id}", sk = "{at}")]
#[access(logged_by_day, index = First, pk = "LOGGED#{at:day:bucket}", sk = "{kind}#{at:s:desc}")]
#[access(logged_by_kind, index = Third, pk = "LOGGED#{kind}#{at:month:bucket}", sk = "{at}")]
pub struct Logged {
    pub id: u8,
    pub at: Timestamp,
    pub kind: Option<State>,
    pub note: u8,
}
case! { Logged, put;
    key { id: small, at: time }
    fields { KIND kind: maybe(state) }
    blind { KIND kind }
}

/// Fields are stored under other names. The templates use the names of the fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Zoo, pk = "RENAMED#{item_id}", sk = "ITEM")]
#[access(renamed, index = First, pk = "RENAMED#{long_name}", sk = "{number}#{item_id}")]
pub struct Renamed {
    pub item_id: u8,
    #[serde(rename = "n")]
    pub long_name: String,
    pub number: i32,
    pub note: u8,
}
case! { Renamed, put;
    key { item_id: small }
    fields { LONG_NAME long_name: text, NUMBER number: signed }
    blind { LONG_NAME long_name, NUMBER number }
}
