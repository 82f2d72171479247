// serde stores a `HashSet` as a list.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().union(Session::GROUPS, ["new"]);
}

fn main() {}
