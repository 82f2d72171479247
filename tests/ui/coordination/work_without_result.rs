// Work can fail, so it returns a `Result`.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(coordination)]
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
    let an_hour = std::time::Duration::from_secs(3600);
    notes.once("write", 1, an_hour).run(async || 5).await?;
    Ok(())
}

fn main() {}
