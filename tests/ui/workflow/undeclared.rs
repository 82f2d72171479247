// An order is not shipped before it is paid.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::PLACED.to(Status::SHIPPED));
}

fn main() {}
