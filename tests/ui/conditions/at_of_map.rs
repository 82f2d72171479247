// A map has entries, not places.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::NOTES.at(0);
}

fn main() {}
