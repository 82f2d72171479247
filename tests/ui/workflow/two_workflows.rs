// Both states are of one workflow.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::PLACED.to(Place::ROAD));
}

fn main() {}
