// The backend has no transactions across partitions, so the record and the writes are in one partition.

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

async fn used<B: monotable::Transactions>(notes: &Table<Notes, B>, note: &Note) -> monotable::Result<()> {
    let once = notes.once("write", 1, std::time::Duration::from_secs(3600)).in_transaction();
    once.run(async |writes| Ok::<_, monotable::Error>((writes.add(note.create()), 1))).await?;
    Ok(())
}

fn main() {}
