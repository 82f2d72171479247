// A paid order has a payment.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001")
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT_ID, None::<String>);
}

fn main() {}
