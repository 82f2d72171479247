// The region is a text.

#[path = "../shop.rs"]
mod shop;

use shop::*;

fn run() {
    let _ = Order::REGION.eq(10);
}

fn main() {}
