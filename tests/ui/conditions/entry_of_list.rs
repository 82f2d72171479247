// A list has places, not entries.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::VISITS.entry("today");
}

fn main() {}
