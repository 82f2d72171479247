// The update would not know the other field of the index key.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
pub struct ByChange;

#[derive(Table)]
#[table(indexes(ByChange))]
pub enum Files {
    File(File),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "FILE#{id}", sk = "FILE", updated = changed_at)]
#[access(by_state, index = ByChange, pk = "FILES#{id}", sk = "{state}#{changed_at}")]
pub struct File {
    id: String,
    state: String,
    made_at: Timestamp,
    changed_at: Timestamp,
}

fn run() {
    let _ = File::key("a").update();
}

fn main() {}
