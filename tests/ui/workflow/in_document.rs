// A document is written as a whole.

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
    parcel: Parcel,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    Paid,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Parcel {
    status: Status,
}

fn main() {}
