// The note is not a part of the key on the index.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let task = Task::by_owner("ada").one(&work).await?;
    task.key_part(Task::NOTE)?;
    Ok(())
}

fn main() {}
