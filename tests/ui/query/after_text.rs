// A cursor that came as a text has to be parsed.

#[path = "../shop.rs"]
mod shop;

use shop::*;

fn run(cursor: &str) {
    let _ = Order::by_status(Status::Paid).after(cursor);
}

fn main() {}
