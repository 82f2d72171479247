// The set is of texts.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().union(Session::TAGS, [1]);
}

fn main() {}
