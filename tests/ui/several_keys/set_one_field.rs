// The state decides which key the item has.

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
#[access(queue, index = ByState, pk = "CLASS#{class}", sk = "{id}", when(state = Waiting))]
#[access(load, index = ByState, pk = "WORKER#{worker}", sk = "{id}", when(state = Running))]
struct Build {
    id: u32,
    state: State,
    class: String,
    worker: Option<String>,
}

fn update() {
    let _ = Build::key(1_u32).update().set(Build::STATE, State::Done);
}

fn main() {}
