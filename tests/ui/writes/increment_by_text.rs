// A number is incremented by a number.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().increment(Session::CLICKS, "1");
}

fn main() {}
