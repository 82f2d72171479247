// The total is a number.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::TOTAL, "10");
}

fn main() {}
