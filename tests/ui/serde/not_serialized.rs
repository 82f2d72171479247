// An entity derives serde's traits.

use monotable::prelude::*;
use serde::Deserialize;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

fn main() {}
