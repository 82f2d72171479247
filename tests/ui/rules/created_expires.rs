// The time of creation is in the past.

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
#[entity(table = Files, pk = "FILE#{id}", sk = "FILE", created = made_at, ttl = made_at)]
pub struct File {
    id: String,
    state: String,
    made_at: Timestamp,
    changed_at: Timestamp,
}

fn main() {}
