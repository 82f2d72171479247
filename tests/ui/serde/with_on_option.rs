// `None` is not stored, and a field that is read by a function has no default.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

mod text {
    pub fn serialize<S: serde::Serializer>(_: &Option<String>, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_none()
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<Option<String>, D::Error> {
        Ok(None)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
    #[serde(with = "text")]
    due: Option<String>,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
