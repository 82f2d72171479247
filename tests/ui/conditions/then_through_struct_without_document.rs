// A struct whose fields are to have names derives `Document`.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::SCORE.then(Address::ZIP);
}

fn main() {}
