// A transition says where it goes, too.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::PAID);
}

fn main() {}
