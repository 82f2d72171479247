// A version is nothing but a version.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", version = version, ttl = version)]
struct Note {
    user: String,
    id: String,
    version: u64,
}

fn main() {}
