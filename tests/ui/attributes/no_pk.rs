// An entity has a partition key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

fn main() {}
