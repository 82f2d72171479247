// An item is only created in this state.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::PLACED.from_any());
}

fn main() {}
