// The sort key has two fields, of which an update by key knows one.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
    Photo(Photo),
}

#[derive(Index)]
#[index(local)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, sk = "TAG#{tag}#{place}")]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
    place: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "PHOTO#{id}")]
#[access(by_tag, index = ByTag, sk = "PHOTO#{tag}")]
struct Photo {
    user: String,
    id: String,
    tag: String,
}

async fn run<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    Note::key("ann", "1").update().set(Note::PLACE, 2_u32).send(&notes).await?;
    Ok(())
}

fn main() {}
