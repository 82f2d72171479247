// The item may have changed since it was loaded: the sum is known to the store alone.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().increment(Order::TOTAL, 1);
}

fn main() {}
