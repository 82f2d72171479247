// What is stored as text is no number to the store.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().increment(Session::SCORE, Decimal("1".into()));
}

fn main() {}
