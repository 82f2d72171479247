// The version of an item is compared with what is stored, which is a number.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", version = version)]
struct Note {
    user: String,
    id: String,
    #[serde(with = "text")]
    version: u64,
}

mod text {
    pub fn serialize<S: serde::Serializer>(version: &u64, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&version.to_string())
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
        <String as serde::Deserialize>::deserialize(input).map(|_| 0)
    }
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
