// A request does nothing until it is sent.

#![deny(unused_must_use)]

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    order.update().set(Order::REGION, "north");
}

fn main() {}
