// A number contains nothing.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.contains("1");
}

fn main() {}
