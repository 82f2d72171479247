// Whether there is a key on `ByState` is decided by other fields.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().set(Fee::STATE, "late");
}

fn main() {}
