// A version is nothing but a version.

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
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", version = version)]
#[access(first, index = Gsi1, pk = "FIRST#{user}", sk = "{id}", when(version = 1))]
struct Note {
    user: String,
    id: String,
    version: u64,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::first(&note.user).all(&notes).await?;
    Ok(())
}

fn main() {}
