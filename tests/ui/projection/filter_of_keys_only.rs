// The index has keys only, and the number is in the key, but is no attribute.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn run() {
    let _ = Task::by_state("open").filter(Task::NUMBER.gt(5));
}

fn main() {}
