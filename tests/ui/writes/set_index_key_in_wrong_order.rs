// The values are in the order of the constant: two of them are of the wrong type.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set_index_key(Order::GSI2_KEY, (10, Status::Paid, None));
}

fn main() {}
