// A place inside of a field is not read by itself.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
#[index(projection = include(place))]
struct ByOwner;

#[derive(Table)]
#[table(indexes(ByOwner))]
enum Work {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TASK#{number}", sk = "TASK")]
#[access(by_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{number}")]
struct Task {
    number: u32,
    owner: String,
    place: Place,
}

#[derive(Serialize, Deserialize, Document)]
struct Place {
    room: String,
}

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let task = Task::by_owner("ada").one(&work).await?;
    task.get(Task::PLACE.then(Place::ROOM))?;
    Ok(())
}

fn main() {}
