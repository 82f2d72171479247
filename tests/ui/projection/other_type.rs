// The field has another type in the entity.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    title: String,
    points: u64,
}

fn main() {}
