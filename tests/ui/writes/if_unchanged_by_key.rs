// The key does not know what the field held.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set(Order::REGION, "north").if_unchanged(Order::STATUS);
}

fn main() {}
