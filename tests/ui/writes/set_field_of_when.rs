// Whether there is a key on `ByState` is decided by another field, too.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().set(Fee::IS_PAID, true);
}

fn main() {}
