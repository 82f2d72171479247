// An element is no `Option`: it is removed with `remove_element`.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().remove(Session::VISITS.at(0));
}

fn main() {}
