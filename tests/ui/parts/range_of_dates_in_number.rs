// The next part is a number, which has no days.

use jiff::civil::date;
use monotable::Backend;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Work {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
#[access(tasks)]
struct Task {
    project: String,
    number: u32,
}

async fn run<B: Backend>(work: Table<Work, B>) {
    let _ = Task::tasks("apollo").range(date(2026, 6, 1)..).all(&work).await;
}

fn main() {}
