// A transition says where it comes from.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::Paid);
}

fn main() {}
