// The old value would never be free again.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Member::key("M001").update().set(Member::EMAIL, "ada@club");
}

fn main() {}
