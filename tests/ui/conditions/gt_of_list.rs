// Stores do not order lists.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::VISITS.gt(vec![1]);
}

fn main() {}
