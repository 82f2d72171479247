// A projection is a struct.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
enum Line {
    Title { title: String },
}

fn main() {}
