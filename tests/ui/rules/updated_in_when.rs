// Every item has the time, so it decides nothing.

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
#[entity(table = Files, pk = "FILE#{id}", sk = "FILE", updated = made_at)]
#[access(changed, index = ByChange, pk = "STATE#{state}", sk = "{id}", when(made_at = Some))]
pub struct File {
    id: String,
    state: String,
    made_at: Option<Timestamp>,
    changed_at: Timestamp,
}

fn main() {}
