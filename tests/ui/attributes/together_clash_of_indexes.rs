// Each index key that takes several fields is a constant.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

mod a {
    #[derive(monotable::Index)]
    pub struct ByTag;
}

mod b {
    #[derive(monotable::Index)]
    #[index(name = "other")]
    pub struct ByTag;
}

#[derive(Debug, Table)]
#[table(indexes(a::ByTag, b::ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = a::ByTag, pk = "TAG#{tag}#{kind}", sk = "{id}")]
#[access(by_kind, index = b::ByTag, pk = "KIND#{kind}#{rank}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
    tag: String,
    kind: String,
    rank: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Note::by_tag(&note.tag, &note.kind).all(&notes).await?;
    Ok(())
}

fn main() {}
