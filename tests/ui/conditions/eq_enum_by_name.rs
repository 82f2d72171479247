// The status is an enum.

#[path = "../shop.rs"]
mod shop;

use shop::*;

fn run() {
    let _ = Order::STATUS.eq("Paid");
}

fn main() {}
