// An item with a state has attributes that name its steps.

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
    #[serde(rename = "_step.status.Paid")]
    step: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    Paid,
}

fn main() {}
