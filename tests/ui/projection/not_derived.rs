// The struct does not derive .

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

struct Line {
    title: String,
}

fn run() {
    let _ = Task::get("core", 7_u32).project::<Line>();
}

fn main() {}
