// One of two fields is not included, and the condition is made before.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn run() {
    let large = Task::POINTS.gt(5) & !Task::STATE.eq("done");
    let _ = Task::by_owner("ada").filter(large);
}

fn main() {}
