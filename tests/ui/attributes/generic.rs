// An entity is not generic.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note<String>),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note<T> {
    id: String,
    body: T,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>) -> monotable::Result<()> {
    let note = Note { id: "1".into(), body: "a".to_owned() };
    note.create().send(&notes).await?;
    let read = Note::<String>::get("1").send(&notes).await?;
    Ok(())
}

fn main() {}
