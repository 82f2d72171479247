//! Entities with several keys on one index, of which an item has at most one.

use super::{First, Second, State, Zoo, state};
use crate::values::{maybe, signed, small, text, truth};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The presence of a field decides which of two keys there is. Both need other fields, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "EITHER#{id}", sk = "ITEM")]
#[access(either_child, index = First, pk = "EITHER#C#{parent}", sk = "{rank}#{id}", when(parent = Some))]
#[access(either_root, index = First, pk = "EITHER#R#{name}", sk = "{id}", when(parent = None))]
#[access(either_rank, index = Second, pk = "EITHER#{rank}", sk = "{id}")]
pub struct Either {
    pub id: u8,
    pub parent: Option<u8>,
    pub name: String,
    pub rank: i32,
    pub note: u8,
}
case! { Either, put;
    key { id: small }
    fields { PARENT parent: maybe(small), NAME name: text, RANK rank: signed }
    blind {}
    together FIRST_KEY { parent, rank, name }
}

/// One of three keys, or none, each with other fields; one of them decided by two fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "QUEUE#{id}", sk = "ITEM")]
#[access(queue_open, index = First, pk = "QUEUE#O#{name}", sk = "{rank:desc}#{id}", when(state = Open))]
#[access(queue_held, index = First, pk = "QUEUE#H#{by}", sk = "{name}", when(state = OnHold))]
#[key(index = First, pk = "QUEUE#C#{id}", sk = "{by}", when(state = Closed, level = 1 | 2))]
pub struct Queue {
    pub id: u8,
    pub state: State,
    pub name: String,
    pub by: Option<String>,
    pub rank: i32,
    pub level: u8,
    pub note: u8,
}
case! { Queue, put;
    key { id: small }
    fields { STATE state: state, NAME name: text, BY by: maybe(text), RANK rank: signed, LEVEL level: small }
    blind {}
    together FIRST_KEY { name, rank, by, state, level }
}

/// Two keys on each of two indexes. An update by key that decides on one of them knows nothing of the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "TWICE#{id}", sk = "ITEM")]
#[access(twice_live, index = First, pk = "TWICE#L#{id}", sk = "ITEM", when(live = true))]
#[access(twice_dead, index = First, pk = "TWICE#D#{id}", sk = "ITEM", when(live = false))]
#[access(twice_open, index = Second, pk = "TWICE#O#{id}", sk = "ITEM", when(state = Open))]
#[access(twice_closed, index = Second, pk = "TWICE#C#{id}", sk = "ITEM", when(state = Closed))]
pub struct Twice {
    pub id: u8,
    pub live: bool,
    pub state: State,
    pub note: u8,
}
case! { Twice, put;
    key { id: small }
    fields { LIVE live: truth, STATE state: state }
    blind { LIVE live, STATE state }
}
