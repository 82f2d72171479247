// Stores do not order truth.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::IS_OPEN.lt(true);
}

fn main() {}
