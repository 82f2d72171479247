// The entity has no field of this name.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    #[projection(field = titel)]
    name: String,
}

fn main() {}
