// There is no such field.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::STATSU, Status::Paid);
}

fn main() {}
