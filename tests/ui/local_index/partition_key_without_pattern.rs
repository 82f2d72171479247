// A local index has the partition key of the table, also for a key without a pattern.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
#[index(local)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[key(index = ByTag, pk = same, sk = "TAG#{tag}")]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
}

fn main() {}
