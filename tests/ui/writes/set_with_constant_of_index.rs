// The constant is of several fields.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set(Order::GSI2_KEY, Status::Paid);
}

fn main() {}
