// A time is compared as a whole.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::STARTED_AT.begins_with("2026");
}

fn main() {}
