// The query reads whole items of the table.

#[path = "../tasks.rs"]
mod tasks;

use tasks::*;

fn run() {
    let _ = Task::of_team("core").hydrate();
}

fn main() {}
