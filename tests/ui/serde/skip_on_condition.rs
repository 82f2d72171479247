// Loaded and put again, the item would be in other indexes.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByDone))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
struct ByDone;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[key(index = ByDone, pk = "DONE#{user}", sk = same, when(done = true))]
struct Note {
    user: String,
    id: String,
    #[serde(skip)]
    done: bool,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
