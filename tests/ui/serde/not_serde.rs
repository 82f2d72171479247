// An entity derives serde's traits; both are missing, which is said once.

use monotable::prelude::*;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

fn main() {}
