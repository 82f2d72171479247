// The entity has no such field.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    title: String,
    pionts: u32,
}

fn main() {}
