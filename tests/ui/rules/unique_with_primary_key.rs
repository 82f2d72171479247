// What is unique with all of the primary key is unique anyway.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", unique(user, id, email))]
struct Note {
    user: String,
    id: String,
    email: String,
}

fn main() {}
