// A raw text can be anything, also the key of a record.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(encoding = "raw", coordination)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "{user}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
}


fn main() {}
