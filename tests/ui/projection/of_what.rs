// The entity is missing.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
struct Line {
    title: String,
}

fn run() {
    let _ = Task::by_owner("ada").project::<Line>();
}

fn main() {}
