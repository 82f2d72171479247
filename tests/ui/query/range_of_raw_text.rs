// In a table with raw keys text is not escaped, so its order is not that of the parts.

use monotable::Backend;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(encoding = "raw")]
enum Notes {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_user)]
struct Note {
    user: String,
    id: String,
}

async fn run<B: Backend>(notes: Table<Notes, B>) {
    let _ = Note::by_user("ann").range("a".."b").all(&notes).await;
}

fn main() {}
