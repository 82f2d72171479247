// The index does not include the note.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    title: String,
    note: Option<String>,
}

async fn run<B: monotable::Backend>(work: Table<Work, B>) -> monotable::Result<()> {
    let _lines = Task::by_owner("ada").project::<Line>().all(&work).await?;
    Ok(())
}

fn main() {}
