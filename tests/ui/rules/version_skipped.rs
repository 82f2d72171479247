// The version of an item is compared with what is stored.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", version = version)]
struct Note {
    user: String,
    id: String,
    #[serde(skip)]
    version: u64,
}

fn main() {}
