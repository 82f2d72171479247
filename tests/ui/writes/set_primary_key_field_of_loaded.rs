// The loaded entity does not help: an item keeps its key.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::ORDER_ID, "ORD-002");
}

fn main() {}
