// The fields are constants, in upper case.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::status, Status::Paid);
}

fn main() {}
