// What keeps a field from being set alone is told by the index, in the interface of the entity.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
struct ByTag;

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
pub enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, pk = "TAG#{tag}#{kind}", sk = "{id}")]
pub struct Note {
    pub user: String,
    pub id: String,
    pub tag: String,
    pub kind: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_tag(&note.tag, &note.kind).all(&notes).await?;
    Ok(())
}

fn main() {}
