// A condition is of one item.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::CLICKS.gt(1) & Account::BALANCE.gt(1);
}

fn main() {}
