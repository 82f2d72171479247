// Without the field, the item could not be read.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().remove(Session::CLICKS);
}

fn main() {}
