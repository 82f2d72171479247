// `get_many` takes keys, and not the values that they are made of.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn main() {
    let _ = Customer::get_many(["C001", "C002"]);
}
