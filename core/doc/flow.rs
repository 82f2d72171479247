// What the examples of workflows share: orders with states, on the facade crate. Not a module of the crate; each
// example includes it.

use jiff::{Timestamp, ToSpan as _};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
pub struct Due;

#[derive(Debug, Table)]
#[table(indexes(Due))]
pub enum Shop {
    Order(Order),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[access(due, index = Due, pk = "DUE#{status}", sk = "{due:s}#{order_id}")]
pub struct Order {
    pub order_id: String,
    pub status: Status,
    /// When the next step should be done.
    pub due: Option<Timestamp>,
    pub payment_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart, Workflow)]
pub enum Status {
    #[next(Paid, Cancelled)]
    Placed,
    #[adds(Order::PAYMENT_ID)]
    #[next(Shipped, Cancelled)]
    Paid,
    Shipped,
    Cancelled,
}

/// Runs an example on a shop with order ORD-001.
pub fn example(
    example: impl AsyncFnOnce(Table<Shop, Embedded>) -> monotable::Result<()>,
) -> monotable::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(async {
        let shop = Shop::on(Embedded::in_memory());
        let due = Some(Timestamp::now() + 15.minutes());
        let order =
            Order { order_id: "ORD-001".into(), status: Status::Placed, due, payment_id: None };
        order.create().send(&shop).await?;
        example(shop).await
    })
}
