// An entity says which table it lives in.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

fn main() {}
