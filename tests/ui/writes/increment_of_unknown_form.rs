// What a serde function of your own stores is not known.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::key("S001").update().increment(Session::SECRET, "1");
}

fn main() {}
