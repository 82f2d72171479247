// It is set once.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001")
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT_ID, "pay-17")
        .with(Order::PAYMENT_ID, "pay-18");
}

fn main() {}
