// Only the state has transitions.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::NOTE, Status::CANCELLED.from_any());
}

fn main() {}
