// A newtype has to derive `KeyPart`, whatever the code does with the entity.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
struct ByUser;

#[derive(Debug, Table)]
#[table(indexes(ByUser))]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct UserId(String);

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
#[access(by_user, index = ByUser, pk = "USER#{user}", sk = same)]
struct Note {
    id: String,
    user: UserId,
    text: String,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    note.update().set(Note::TEXT, "new").send(&notes).await?;
    Note::by_user(UserId("ann".into())).all(&notes).await?;
    Note::by_user(note.user.clone()).first(&notes).await?;
    Ok(())
}

fn main() {}
