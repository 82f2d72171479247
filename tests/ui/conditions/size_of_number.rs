// A number has no size.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.size();
}

fn main() {}
