// The state does not jump.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").update().set(Order::STATUS, Status::Shipped);
}

fn main() {}
