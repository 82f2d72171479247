// The guard of the new value is written with it, so it has to be known.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(seat: &Seat) {
    let _ = seat.update().set_if_absent(Seat::HOLDER, "ada");
}

fn main() {}
