// A query of notes reads the whole partition.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(coordination)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "{id}")]
struct Note {
    user: String,
    id: String,
}

async fn used<B: monotable::Backend>(notes: &Table<Notes, B>) -> monotable::Result<()> {
    let an_hour = std::time::Duration::from_secs(3600);
    notes.once_in(Note::partition("ann"), "count", 1, an_hour).run(async || Ok::<_, monotable::Error>(1)).await?;
    Ok(())
}

fn main() {}
