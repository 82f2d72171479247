// A list that decides whether there is an index key is only set as a whole.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().append(Fee::ITEMS, ["towel"]);
}

fn main() {}
