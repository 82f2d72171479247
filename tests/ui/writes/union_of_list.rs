// A list is no set.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().union(Session::VISITS, [1]);
}

fn main() {}
