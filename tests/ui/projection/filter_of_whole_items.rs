// The condition is one of whole items.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn large() -> monotable::Condition<Task> {
    Task::POINTS.gt(5)
}

fn run() {
    let _ = Task::by_owner("ada").filter(large());
}

fn main() {}
