// A set has no order.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::TAGS.at(0);
}

fn main() {}
