// Each fault is reported, and none twice: the uses of what could not be made say nothing.

use monotable::Backend;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
    Task(Task),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{usr}", sk = "NOTE#{id}", nam = "note")]
#[access(by_user)]
struct Note {
    user: String,
    id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "TASK#{id}")]
#[access(by_user)]
struct Task {
    user: String,
    id: String,
}

async fn run<B: Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    let _ = Note::get("ann", "1").send(&notes).await?;
    let _ = Note::by_user("ann").begins_with("1").limit(3).all(&notes).await?;
    let _ = Note::key("ann", "1").delete().send(&notes).await?;
    let _ = Task::by_user("ann").all(&notes).await?;
    let _ = Note::USER.eq("ann") & !Note::USER.begins_with("a").or(Note::ID.gt("1"));
    note.put().send(&notes).await
}

fn main() {}
