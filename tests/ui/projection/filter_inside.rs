// The index does not include the document.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn run() {
    let _ = Task::by_owner("ada").filter(Task::PLACE.then(Place::ROOM).eq("101"));
}

fn main() {}
