// A number has no fields.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.then(Address::ZIP);
}

fn main() {}
