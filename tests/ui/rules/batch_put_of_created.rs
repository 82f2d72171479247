// A batch cannot check that the item is new.

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
#[entity(table = Files, pk = "FILE#{id}", sk = "FILE", created = made_at)]
pub struct File {
    id: String,
    state: String,
    made_at: Timestamp,
    changed_at: Timestamp,
}

fn run<B: monotable::Backend>(files: Table<Files, B>, file: File) {
    let _ = files.batch().add(file.put());
}

fn main() {}
