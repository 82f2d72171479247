// A paid order has a payment and its time.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(shop: Table<Shop, Embedded>) {
    let paid = Order::key("ORD-001")
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT_ID, "pay-17");
    let _ = paid.send(&shop);
}

fn main() {}
