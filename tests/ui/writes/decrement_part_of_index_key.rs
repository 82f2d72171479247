// The key is written with the new value, which only the store would know.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().decrement(Order::TOTAL, 1);
}

fn main() {}
