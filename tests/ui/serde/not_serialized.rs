// An entity derives serde's traits.

use monotable::prelude::*;
use serde::Deserialize;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
