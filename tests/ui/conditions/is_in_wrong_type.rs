// The clicks are a number.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.is_in(["1", "2"]);
}

fn main() {}
