// Every entity has a function of this name.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Work {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{id}")]
#[access(partition)]
struct Task {
    project: String,
    id: String,
}

fn main() {}
