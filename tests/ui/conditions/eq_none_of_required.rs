// The clicks are never absent.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.eq(None);
}

fn main() {}
