// The index has keys only.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let task = Task::by_state("open").one(&work).await?;
    task.get(Task::TITLE)?;
    Ok(())
}

fn main() {}
