// Removing a field is setting it: whether there is a key changes with it.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().remove(Fee::ITEMS);
}

fn main() {}
