// What a serde function of your own stores is not known.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::SECRET.gt("m");
}

fn main() {}
