// There is no such field.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLIKCS.eq(1);
}

fn main() {}
