// Raw text right after a number could begin with any byte, and a range of the number would miss it.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(encoding = "raw")]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{number:02}{title}")]
struct Note {
    user: String,
    number: u32,
    title: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.number, &note.title).send(&notes).await?;
    Ok(())
}

fn main() {}
