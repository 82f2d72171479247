// Every entity has a `get`.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(get, index = ByTag, pk = "TAG#{tag}", sk = same)]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::get("a").all(&notes).await?;
    Ok(())
}

fn main() {}
