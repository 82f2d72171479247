// A constraint takes the templates of its guard's key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", unique(email, skk = "GUARD"))]
struct Note {
    user: String,
    id: String,
    email: String,
}

fn main() {}
