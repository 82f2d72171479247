//! Entities whose index keys exist only for some values, and whose indexes share fields.

use super::{First, Near, Second, State, Third, Zoo, state};
use crate::values::{maybe, signed, small, text, truth};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// A field of the index key decides whether the key exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "OWN#{id}", sk = "ITEM")]
#[access(own_when, index = First, pk = "OWN#{state}", sk = "{id}", when(state = Open | OnHold))]
pub struct OwnWhen {
    pub id: u8,
    pub state: State,
    pub note: u8,
}
case! { OwnWhen, put;
    key { id: small }
    fields { STATE state: state }
    blind { STATE state }
}

/// A field that is not in the index keys decides whether they exist: for one index alone, and for
/// another together with a second field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "OTHER#{id}", sk = "ITEM")]
#[access(
    other_when,
    index = First,
    pk = "OTHER#{name}",
    sk = "{rank:desc}#{id}",
    when(live = true, state = Open)
)]
#[access(other_of_id, index = Second, pk = "OTHER#{id}", sk = "ITEM", when(live = false))]
pub struct OtherWhen {
    pub id: u8,
    pub name: String,
    pub rank: i32,
    pub live: bool,
    pub state: State,
    pub note: u8,
}
case! { OtherWhen, put;
    key { id: small }
    fields { NAME name: text, RANK rank: signed, LIVE live: truth, STATE state: state }
    blind {}
    together FIRST_KEY { name, rank, live, state }
}

/// The presence of a field, a number, and a field of the primary key decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "SOME#{id}", sk = "{kind}")]
#[access(some_when, index = First, pk = "SOME#{level}", sk = "{id}", when(level = 1 | 2))]
#[access(some_of_key, index = Second, pk = "SOME#{name}", sk = "{id}", when(kind = 1 | 3))]
#[access(some_near, index = Near, sk = "{name}", when(level = Some))]
#[access(none_when, index = Third, pk = "SOME#{name}", sk = "{id}#{kind}", when(level = None))]
pub struct SomeWhen {
    pub id: u8,
    pub kind: u8,
    pub level: Option<u8>,
    pub name: String,
    pub note: u8,
}
case! { SomeWhen, put;
    key { id: small, kind: small }
    fields { LEVEL level: maybe(small), NAME name: text }
    blind {}
}

/// Three indexes share fields. Two of them need one field each, and one needs all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "SHARED#{id}", sk = "ITEM")]
#[access(shared_a, index = First, pk = "SHARED#{a}", sk = "{b}")]
#[access(shared_b, index = Second, pk = "SHARED#{b}", sk = "{a}#{id}")]
#[access(shared_near, index = Near, sk = "{a}#{id}")]
#[access(shared_all, index = Third, pk = "SHARED#{a}", sk = "{b}#{c:desc}")]
pub struct Shared {
    pub id: u8,
    pub a: String,
    pub b: Option<u8>,
    pub c: i32,
    pub note: u8,
}
case! { Shared, put;
    key { id: small }
    fields { A a: text, B b: maybe(small), C c: signed }
    blind { A a }
    together THIRD_KEY { a, b, c }
}

/// The index keys have the same templates as the primary key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "SAME#{id}", sk = "ITEM#{n}")]
#[access(same_sort, index = First, pk = "SAME#{kind}#{id}", sk = same)]
#[access(same_near, index = Near, sk = "{n}#{score:desc}#{kind}")]
#[access(same_partition, index = Second, pk = same, sk = "{kind}#{score:desc}")]
pub struct Same {
    pub id: u8,
    pub n: u8,
    pub kind: String,
    pub score: Option<i32>,
    pub note: u8,
}
case! { Same, put;
    key { id: small, n: small }
    fields { KIND kind: text, SCORE score: maybe(signed) }
    blind {}
    together NEAR_KEY { score, kind }
}
