// The index projects whole items.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Member::by_city("Rome").hydrate();
}

fn main() {}
