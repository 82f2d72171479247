// A field is removed with `remove`.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().remove_element(Session::VISITS);
}

fn main() {}
