// An entity is sent to its own table.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use shop::Shop;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Note::get("ann", "1").send(&shop).await;
}

fn main() {}
