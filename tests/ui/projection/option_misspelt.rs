// The option has another name.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(off = Task)]
struct Line {
    title: String,
}

fn main() {}
