// The sort key of `Gsi2` is made of the status and the total.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set(Order::STATUS, Status::Paid);
}

fn main() {}
