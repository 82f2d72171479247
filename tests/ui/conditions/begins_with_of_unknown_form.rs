// What a serde function of your own stores is not known.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::SECRET.begins_with("m");
}

fn main() {}
