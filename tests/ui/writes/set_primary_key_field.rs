// An item under another key is another item.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set(Order::ORDER_ID, "ORD-002");
}

fn main() {}
