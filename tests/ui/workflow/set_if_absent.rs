// The state is always there.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").update().set_if_absent(Order::STATUS, Status::Shipped);
}

fn main() {}
