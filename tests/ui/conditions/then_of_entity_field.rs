// A field of an entity is in no document.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::ADDRESS.then(Session::CLICKS);
}

fn main() {}
