//! The table: what is stored, under which keys, and how it is read.
//!
//! | item | partition key | sort key | on `ByStatus` |
//! |---|---|---|---|
//! | customer | `CUSTOMER#C001` | `PROFILE` | |
//! | order | `CUSTOMER#C001` | `ORDER#ORD-001` | `STATUS#PLACED`, the time and the id |
//! | sale | `SALES#2026-11-02` | the time, and the ids of the customer and the order | |
//!
//! The table has once-only work and rate limits (`coordination`), whose items are beside these.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The table, with one variant for each entity.
#[derive(Debug, Table)]
#[table(indexes(ByStatus), coordination)]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Sale(Sale),
}

/// The only index.
#[derive(Debug, Index)]
pub struct ByStatus;

/// A customer, with the number of orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    pub customer_id: String,
    pub name: String,
    pub orders: u32,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
#[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{placed_at:ms}#{order_id}")]
pub struct Order {
    pub customer_id: String,
    pub order_id: String,
    pub status: Status,
    pub placed_at: Timestamp,
    pub total_cents: u64,
    /// Set by the step to `Paid`.
    pub payment_id: Option<String>,
}

/// The states of an order, and the steps between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart, Workflow)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    #[next(Paid, Cancelled)]
    Placed,
    #[adds(Order::PAYMENT_ID)]
    Paid,
    Cancelled,
}

/// An order that was paid, among those of its day. The function `shop-changes` writes it, a moment after the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Shop,
    pk = "SALES#{placed_at:day:bucket}",
    sk = "{placed_at}#{customer_id}#{order_id}"
)]
#[access(of_day)]
pub struct Sale {
    pub placed_at: Timestamp,
    pub customer_id: String,
    pub order_id: String,
    pub total_cents: u64,
}
