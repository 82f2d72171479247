// The sort key of a local index has an attribute of its own.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
    Photo(Photo),
}

#[derive(Index)]
#[index(local, sk = "sk")]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, sk = "TAG#{tag}")]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "PHOTO#{id}")]
#[access(by_tag, index = ByTag, sk = "PHOTO#{tag}")]
struct Photo {
    user: String,
    id: String,
    tag: String,
}

fn main() {}
