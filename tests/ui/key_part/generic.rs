// The value of a key part is not generic. It has one error, although the part is used.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id<T>(T);

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
#[access(notes)]
struct Note {
    id: Id<String>,
}

fn main() {
    let id = Id("a".to_owned());
    let _ = Note::get(&id);
    let _ = Note::notes(id);
}
