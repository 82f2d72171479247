// A projection has no parameters.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line<T> {
    title: T,
}

fn main() {}
