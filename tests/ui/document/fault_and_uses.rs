// The uses of what could not be made say nothing.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE")]
struct Note {
    user: String,
    address: Option<Address>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Address {
    zip: String,
    #[stored(txt)]
    city: String,
}

fn condition() -> monotable::Condition<Note> {
    Note::ADDRESS.then(Address::ZIP).eq("10115") | Note::ADDRESS.then(Address::CITY).begins_with("B")
}

fn main() {}
