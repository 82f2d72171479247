// A newtype of text falls into no bucket.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id(String);

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id:day:bucket}")]
struct Note {
    user: String,
    id: Id,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
