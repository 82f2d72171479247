// An index can only hold what its entities store: a misspelt attribute would never be there.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
#[index(projection = include(title, totl))]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
    tag: String,
    title: String,
    total: u32,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_tag(&note.tag).all(&notes).await?;
    Ok(())
}

fn main() {}
