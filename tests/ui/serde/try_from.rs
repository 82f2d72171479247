// An entity cannot have serde's `try_from`.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Old;

impl TryFrom<Old> for Note {
    type Error = String;
    fn try_from(_: Old) -> Result<Self, String> {
        Err(String::new())
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[serde(try_from = "Old")]
struct Note {
    user: String,
    id: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
