// The guard of a state would have to move with each step.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Shop {
    Order(Order),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER", unique(status))]
struct Order {
    order_id: String,
    status: Status,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    Paid,
}

fn main() {}
