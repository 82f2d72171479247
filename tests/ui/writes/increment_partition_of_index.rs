// The key is written with the new value, even where it needs no other field.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().increment(Fee::YEAR, 1);
}

fn main() {}
