// The embedded store of a program that adds a consumer, and has no log yet.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(coordination)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

fn used(notes: &Table<Notes, Embedded>) {
    let _ = notes.consumer("mails");
}

fn main() {}
