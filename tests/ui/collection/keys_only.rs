// The entries of this index are no whole items.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
#[index(projection = keys_only)]
struct ByState;

#[derive(Table)]
#[table(indexes(ByState))]
enum Work {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TASK#{id}", sk = "TASK")]
#[access(by_state, index = ByState, pk = "STATE#{state}", sk = "{id}")]
struct Task {
    id: String,
    state: String,
}

#[derive(Collection)]
#[collection(index = ByState)]
struct InState {
    tasks: Vec<Task>,
}

fn main() {}
