// A list that decides whether there is an index key is only set as a whole.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(fee: &Fee) {
    let _ = fee.update().append(Fee::ITEMS, ["towel"]);
}

fn main() {}
