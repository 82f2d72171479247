// A float has no exact key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_user)]
struct Note {
    user: String,
    id: f64,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_user(&note.user).all(&notes).await?;
    Ok(())
}

fn main() {}
