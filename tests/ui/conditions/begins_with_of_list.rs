// A list has no prefix.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::VISITS.begins_with("1");
}

fn main() {}
