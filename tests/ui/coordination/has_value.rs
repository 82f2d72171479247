// `coordination` is a word.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(coordination = true)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

async fn used<B: monotable::Backend>(notes: &Table<Notes, B>) -> monotable::Result<()> {
    notes.lease("batch", std::time::Duration::from_secs(60)).acquire().await?;
    Ok(())
}

fn main() {}
