// A global index has a partition key of its own, also for a key without a pattern.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
#[index(name = "gsi1", projection = keys_only)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[key(index = ByTag, sk = "TAG#{tag}")]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
}

fn main() {}
