// A document has fields, not entries.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::ADDRESS.entry("zip");
}

fn main() {}
