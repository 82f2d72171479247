// A number has no elements.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.at(0);
}

fn main() {}
