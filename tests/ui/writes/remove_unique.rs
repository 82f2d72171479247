// The old value would never be free again.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Seat::key("north", 7).update().remove(Seat::HOLDER);
}

fn main() {}
