// Whether the value is taken is not known when the key is written.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set_if_absent(Order::REGION, "north");
}

fn main() {}
