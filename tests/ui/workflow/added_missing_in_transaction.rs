// A paid order has a payment and its time, also in a transaction.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(shop: Table<Shop, Embedded>) {
    let paid = Order::key("ORD-001").advance(Order::STATUS, Status::PLACED.to(Status::PAID));
    let _ = shop.transaction().add(paid);
}

fn main() {}
