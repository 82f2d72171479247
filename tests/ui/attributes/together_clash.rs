// The fields of an index key are a constant, too.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
struct Gsi1;

#[derive(Debug, Table)]
#[table(indexes(Gsi1))]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = Gsi1, pk = "TAG#{tag}#{kind}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
    tag: String,
    kind: String,
    gsi1_key: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_tag(&note.tag, &note.kind).all(&notes).await?;
    Ok(())
}

fn main() {}
