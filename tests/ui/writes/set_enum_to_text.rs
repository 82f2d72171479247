// The status is an enum.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::STATUS, "Paid");
}

fn main() {}
