// The list is of numbers.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::VISITS.contains("1");
}

fn main() {}
