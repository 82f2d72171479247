// A part of the primary key is never absent, and stays.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set_if_absent(Order::ORDER_ID, "ORD-002");
}

fn main() {}
