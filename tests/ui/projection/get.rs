// The index does not include the note.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let task = Task::by_owner("ada").one(&work).await?;
    task.get(Task::NOTE)?;
    Ok(())
}

fn main() {}
