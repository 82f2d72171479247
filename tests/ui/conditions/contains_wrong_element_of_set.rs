// The set is of texts.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::TAGS.contains(1);
}

fn main() {}
