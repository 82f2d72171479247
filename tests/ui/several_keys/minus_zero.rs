// Two spellings of zero.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(indexes(ByState))]
enum Farm {
    Build(Build),
}

#[derive(Index)]
struct ByState;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart)]
enum State {
    Waiting,
    Running,
    Done,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Farm, pk = "BUILD#{id}", sk = "BUILD")]
#[access(queue, index = ByState, pk = "CLASS#{class}", sk = "{id}", when(level = 0))]
#[access(load, index = ByState, pk = "WORKER#{worker}", sk = "{id}", when(level = -0))]
struct Build {
    id: u32,
    level: i32,
    state: State,
    class: String,
    worker: Option<String>,
}

fn main() {}
