// An order without a workflow has no states.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Shop {
    Order(Order),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: String,
    total: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    Paid,
}

fn run(order: &Order) {
    let _ = order.create().in_any_state();
}

fn main() {}
