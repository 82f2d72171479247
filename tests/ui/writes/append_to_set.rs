// A set has no end.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().append(Session::TAGS, ["new"]);
}

fn main() {}
