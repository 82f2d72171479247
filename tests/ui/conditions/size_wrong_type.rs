// A size is a number.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::VISITS.size().gt("1");
}

fn main() {}
