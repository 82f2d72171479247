//! Entities with versions, unique fields and expiry.

use super::{First, Second, State, Zoo, state};
use crate::values::{far, maybe, signed, small, text};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The time of expiry is a part of an index key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "ENDING#{id}", sk = "ITEM", ttl = until)]
#[access(ending_by_user, index = First, pk = "ENDING#{user}", sk = "{until}#{id}")]
#[access(ending_by_time, index = Second, pk = "ENDING#{until}", sk = "{id}")]
pub struct Ending {
    pub id: u8,
    pub user: String,
    pub until: Option<i64>,
    pub note: u8,
}
case! { Ending, put;
    key { id: small }
    fields { USER user: text, UNTIL until: maybe(far) }
    blind { USER user }
    remove { UNTIL until }
}

/// Unique fields feed index keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "UNIQUE#{id}", sk = "ITEM", unique(email), unique(handle, city))]
#[access(unique_by_city, index = First, pk = "UNIQUE#{city}", sk = "{email}")]
#[access(unique_by_rank, index = Second, pk = "UNIQUE#{rank}", sk = "{handle}#{id}")]
pub struct Unique {
    pub id: u8,
    pub email: String,
    pub handle: Option<u8>,
    pub city: String,
    pub rank: i32,
    pub note: u8,
}
case! { Unique, guarded;
    key { id: small }
    fields { EMAIL email: text, HANDLE handle: maybe(small), CITY city: text, RANK rank: signed }
    blind { RANK rank }
    unique {
        |it: &Unique| Some(format!("email {}", it.email)),
        |it: &Unique| Some(format!("handle {} {}", it.handle?, it.city))
    }
}

/// The entity has a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "LOCKED#{id}", sk = "ITEM", version = revision)]
#[access(locked_by_state, index = First, pk = "LOCKED#{state}", sk = "{a}#{b}#{id}")]
pub struct Locked {
    pub id: u8,
    pub state: State,
    pub a: Option<String>,
    pub b: i32,
    pub revision: u64,
    pub note: u8,
}
case! { Locked, put;
    key { id: small }
    fields { STATE state: state, A a: maybe(text), B b: signed }
    blind { STATE state }
    together FIRST_KEY { state, a, b }
    version revision
}

/// The entity has a version, unique fields and a time of expiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Zoo,
    pk = "SEAT#{hall}",
    sk = "{seat}",
    version = version,
    ttl = until,
    unique(hall, holder)
)]
#[access(seats_by_holder, index = First, pk = "SEAT#{holder}", sk = "{hall}#{seat}")]
#[access(seats_by_end, index = Second, pk = "SEAT#{class}", sk = "{until}", when(class = 1 | 2))]
pub struct Seat {
    pub hall: String,
    pub seat: u8,
    pub class: u8,
    pub holder: Option<String>,
    pub until: Option<i64>,
    pub version: u64,
    pub note: u8,
}
case! { Seat, guarded;
    key { hall: text, seat: small }
    fields { CLASS class: small, HOLDER holder: maybe(text), UNTIL until: maybe(far) }
    blind {}
    version version
    unique { |it: &Seat| Some(format!("{} {}", it.hall, it.holder.as_ref()?)) }
}
