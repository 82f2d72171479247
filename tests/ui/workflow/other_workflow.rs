// The transition is one of parcels.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Place::STORE.to(Place::ROAD));
}

fn main() {}
