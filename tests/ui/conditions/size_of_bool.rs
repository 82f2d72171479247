// Truth has no size.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::IS_OPEN.size();
}

fn main() {}
