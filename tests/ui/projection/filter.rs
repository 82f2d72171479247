// The index does not include the note.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn run() {
    let _ = Task::by_owner("ada").filter(Task::NOTE.exists());
}

fn main() {}
