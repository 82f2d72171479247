// An enum has to derive `KeyPart`, also where its values are arguments.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Kind {
    Text,
    Image,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "KIND#{kind}", sk = "NOTE#{id}")]
#[access(by_kind)]
struct Note {
    kind: Kind,
    id: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    Note::get(Kind::Text, "1").send(&notes).await?;
    Note::by_kind(Kind::Image).range("1".."2").all(&notes).await?;
    Note::key(&Kind::Text, "1").delete().send(&notes).await?;
    Ok(())
}

fn main() {}
