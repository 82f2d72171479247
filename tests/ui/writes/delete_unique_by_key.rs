// The key does not say which values to give free.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Member::key("M001").delete();
}

fn main() {}
