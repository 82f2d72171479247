// An entity is read from a store, so it owns what it holds.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note<'static>),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note<'a> {
    id: &'a str,
    text: &'a str,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    let note = Note { id: "1", text: "a" };
    note.create().send(&notes).await?;
    let read = Note::get("1").send(&notes).await?;
    Note::key("1").update().set(Note::TEXT, "b").send(&notes).await?;
    Ok(())
}

fn main() {}
