// The clicks are a number.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.between(1, "2");
}

fn main() {}
