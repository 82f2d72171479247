// A fault in the workflow is one error, whatever uses it.

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
    status: Status,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    #[next(Payed)]
    Paid,
}

fn run(order: &Order) {
    let _ = order.create();
    let _ = Order::key("ORD-001").advance(Order::STATUS, Status::PLACED.to(Status::PAID));
}

fn main() {}
