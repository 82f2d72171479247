// Whether a map has an entry is asked of the entry.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::NOTES.contains("today");
}

fn main() {}
