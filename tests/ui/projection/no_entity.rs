// The type is no entity.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Place)]
struct Line {
    title: String,
    points: u32,
}

fn main() {}
