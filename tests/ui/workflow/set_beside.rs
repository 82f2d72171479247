// A step sets one state, and others are no plain fields.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001")
        .advance(Order::STATUS, Status::CANCELLED.from_any())
        .set(Order::STATUS, Status::Shipped);
}

fn main() {}
