// Only a partition of the table can be deleted.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByTag))]
enum Notes {
    Note(Note),
    Photo(Photo),
}

#[derive(Index)]
#[index(local)]
struct ByTag;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_tag, index = ByTag, sk = "TAG#{tag}")]
struct Note {
    user: String,
    id: String,
    tag: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "PHOTO#{id}")]
#[access(by_tag, index = ByTag, sk = "PHOTO#{tag}")]
struct Photo {
    user: String,
    id: String,
    tag: String,
}

async fn run<B: monotable::CrossPartitionTransactions>(
    notes: Table<Notes, B>,
) -> monotable::Result<()> {
    Note::by_tag("ann").partition().delete_all().send(&notes).await?;
    Ok(())
}

fn main() {}
