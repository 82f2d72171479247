// A time of day has no buckets.

use jiff::civil::Time;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{at:hour:bucket}")]
struct Note {
    user: String,
    at: Time,
}

fn main() {}
