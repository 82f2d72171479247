// The backend does not tell of changes.

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

async fn used<B: monotable::Backend>(notes: &Table<Notes, B>) {
    let _ = notes.consumer("mails");
}

fn main() {}
