// The sort key of `ByPlace` is made of two fields besides.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::key("M001", 7).update().set(Fee::AMOUNT, 10);
}

fn main() {}
