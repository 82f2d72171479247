// Enums are stored by name, and names have no order of their own.

#[path = "../shop.rs"]
mod shop;

use shop::*;

fn run() {
    let _ = Order::STATUS.ge(Status::Paid);
}

fn main() {}
