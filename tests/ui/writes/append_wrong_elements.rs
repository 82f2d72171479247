// The list is of numbers.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().append(Session::VISITS, ["1"]);
}

fn main() {}
