// A field owns its value, because it is read from a store.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
    text: &'static str,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    let note = Note { id: "1".into(), text: "a" };
    note.create().send(&notes).await?;
    let read = Note::get("1").send(&notes).await?;
    Note::key("1").update().set(Note::TEXT, "b").send(&notes).await?;
    Ok(())
}

fn main() {}
