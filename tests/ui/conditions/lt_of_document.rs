// Stores do not order maps.

#[path = "../club.rs"]
mod club;

use club::*;

fn run(address: Address) {
    let _ = Session::ADDRESS.lt(address);
}

fn main() {}
