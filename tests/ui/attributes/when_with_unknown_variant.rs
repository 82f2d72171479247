// A condition names a variant.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
enum Kind {
    Text,
    Image,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_kind, index = ByTag, pk = "KIND#{kind}", sk = same, when(kind = Txt))]
struct Note {
    user: String,
    id: String,
    kind: Kind,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_kind(&note.kind).all(&notes).await?;
    Ok(())
}

fn main() {}
