// Whether the value is taken is not known when the key is written.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set_if_absent(Order::REGION, "north");
}

fn main() {}
