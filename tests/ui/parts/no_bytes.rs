// A part is not empty.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: [u8; 0],
}

fn main() {}
