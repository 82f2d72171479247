// The total is no `Option`.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::TOTAL, None);
}

fn main() {}
