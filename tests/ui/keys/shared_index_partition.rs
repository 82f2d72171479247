// A query of one would read the other on the index.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
    Task(Task),
}

#[derive(Index)]
struct ByTag;

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
    tag: String,
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "TASK#{id}")]
#[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{id}")]
struct Task {
    user: String,
    id: String,
    tag: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_tag(&note.tag).all(&notes).await?;
    Ok(())
}

fn main() {}
