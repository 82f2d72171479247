// DynamoDB calls it so.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
struct ByTag;

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, gsi = ByTag, pk = "TAG#{tag}", sk = same)]
struct Note {
    user: String,
    id: String,
    tag: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get("ann", "1").send(&notes).await?;
    Ok(())
}

fn main() {}
