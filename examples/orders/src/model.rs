//! The table: what is stored, under which keys, and how it is read.
//!
//! | item | partition key | sort key | on `gsi1` |
//! |---|---|---|---|
//! | customer | `CUSTOMER#C001` | `PROFILE` | |
//! | order | `CUSTOMER#C001` | `ORDER#ORD-001` | `STATUS#PLACED`, the time and the id, while it is open |
//! | line of an order | `ORDER#ORD-001` | `LINE#001` | |
//! | receipt of a request | `REQUEST#r-1` | `RECEIPT` | |

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The table, with one variant for each entity.
#[derive(Debug, Table)]
#[table(indexes(Gsi1))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Line(Line),
    Receipt(Receipt),
}

/// The only index. Only open orders are on it.
#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct Gsi1;

/// A customer. No two customers have the same e-mail address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE", unique(email))]
pub struct Customer {
    pub customer_id: String,
    pub email: String,
    pub name: String,
}

/// An order. Two programs that change the same order at the same time do not overwrite each other's
/// change, because it has a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}", version = version)]
#[access(by_customer)]
#[access(
    open,
    index = Gsi1,
    pk = "STATUS#{status}",
    sk = "{placed_at:ms}#{order_id}",
    when(status = Placed | Paid)
)]
pub struct Order {
    pub customer_id: String,
    pub order_id: String,
    pub status: Status,
    pub placed_at: Timestamp,
    pub total_cents: u64,
    pub version: u64,
}

/// The status of an order. It is open until it is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Placed,
    Paid,
    Shipped,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "LINE#{number:03}")]
#[access(in_order)]
pub struct Line {
    pub order_id: String,
    pub number: u16,
    pub product_id: String,
    pub quantity: u32,
    pub price_cents: u64,
}

/// A receipt: the request was handled. It makes a request that arrives twice place one order. It is
/// kept for a day, after which nobody sends the request again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "REQUEST#{request_id}", sk = "RECEIPT", ttl = until)]
pub struct Receipt {
    pub request_id: String,
    pub customer_id: String,
    pub order_id: String,
    pub until: Timestamp,
}
