// The clicks are a number.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.eq("10");
}

fn main() {}
