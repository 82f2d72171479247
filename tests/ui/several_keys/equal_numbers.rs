// Two spellings of one number.

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
#[access(queue, index = ByState, pk = "CLASS#{class}", sk = "{id}", when(id = 16))]
#[access(load, index = ByState, pk = "WORKER#{worker}", sk = "{id}", when(id = 0x10))]
struct Build {
    id: u32,
    state: State,
    class: String,
    worker: Option<String>,
}

fn main() {}
