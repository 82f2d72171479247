// All fields that the index needs are set.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set_index_key(Order::GSI2_KEY, Status::Paid);
}

fn main() {}
