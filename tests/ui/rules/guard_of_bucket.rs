// Different values would have the same guard.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", unique(at, pk = "AT#{at:day:bucket}"))]
struct Note {
    user: String,
    id: String,
    at: jiff::Timestamp,
}

fn main() {}
