// The enum has to derive `Table`.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

async fn used(store: monotable::Embedded) -> monotable::Result<()> {
    let notes = Notes::on(store).await?;
    Note::get("ann", "1").send(&notes).await?;
    Ok(())
}

fn main() {}
