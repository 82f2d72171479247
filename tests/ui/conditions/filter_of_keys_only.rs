// The index holds keys only.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Fee::by_state("late").filter(Fee::AMOUNT.gt(10));
}

fn main() {}
