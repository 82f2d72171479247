// The state does not jump, also if the order is loaded.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(order: &Order) {
    let _ = order.update().set(Order::STATUS, Status::Shipped);
}

fn main() {}
