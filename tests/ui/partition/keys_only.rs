// The entries of this index are no whole items.

use monotable::Backend;
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

async fn run<B: Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let _ = Task::by_state("open").partition().query().all(&work).await?;
    Ok(())
}

fn main() {}
