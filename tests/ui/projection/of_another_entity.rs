// The projection is of another entity.

#[path = "../tasks.rs"]
mod tasks;

use monotable::prelude::*;
use tasks::*;

#[path = "../club.rs"]
mod club;

use club::*;

#[derive(Projection)]
#[projection(of = Task)]
struct Line {
    title: String,
}

fn run() {
    let _ = Account::accounts("m1").project::<Line>();
}

fn main() {}
