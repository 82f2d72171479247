// The index has keys only.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    number: u32,
    title: String,
}

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let _lines = Task::by_state("open").project::<Line>().all(&work).await?;
    Ok(())
}

fn main() {}
