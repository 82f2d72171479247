// A float has no exact key, and no argument can be one.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{score}")]
#[access(by_user)]
struct Note {
    user: String,
    score: f64,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    Note::get("ann", 1.5).send(&notes).await?;
    Note::by_user("ann").range(1.0..2.0).all(&notes).await?;
    Ok(())
}

fn main() {}
