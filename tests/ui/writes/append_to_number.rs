// Only lists are appended to.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().append(Session::CLICKS, [1]);
}

fn main() {}
