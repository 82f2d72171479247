// An item expires at a time.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", ttl = expires)]
struct Note {
    user: String,
    id: String,
    expires: Option<String>,
}

fn main() {}
