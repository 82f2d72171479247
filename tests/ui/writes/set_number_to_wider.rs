// The total is a `u32`, and not each `i64` is one.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order, total: i64) {
    let _ = order.update().set(Order::TOTAL, total);
}

fn main() {}
