// The entity says that it lives in a table which does not hold it.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Table)]
enum Archive {
    Task(Task),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Archive, pk = "USER#{user}", sk = "TASK#{id}")]
struct Task {
    user: String,
    id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Archive, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

fn main() {}
