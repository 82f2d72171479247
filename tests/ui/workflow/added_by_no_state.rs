// The state does not add the note.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Order::key("ORD-001")
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::NOTE, "gift");
}

fn main() {}
