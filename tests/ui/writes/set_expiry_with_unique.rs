// The guards of unique fields expire with the item, and only the loaded entity knows them.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Seat::key("north", 7).update().set(Seat::UNTIL, 1_800_000_000);
}

fn main() {}
