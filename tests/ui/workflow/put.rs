// A put would write over the state.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(order: &Order) {
    let _ = order.put();
}

fn main() {}
