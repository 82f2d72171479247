// What is stored under one name is one thing.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    User(User),
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", unique(email))]
struct Note {
    user: String,
    id: String,
    email: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "OTHER#{id}", sk = "PROFILE", name = "Note.email")]
struct User {
    id: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}
