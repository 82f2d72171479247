//! The table: what is stored, under which keys, and how it is read.
//!
//! | item | partition key | sort key | on the index |
//! |---|---|---|---|
//! | customer | `CUSTOMER#C001` | `PROFILE` | |
//! | order | `CUSTOMER#C001` | `ORDER#ORD-001` | `STATUS#PLACED`, the time and the id, while it is open |
//! | session | `SESSION#s1` | `SESSION` | |

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The table, with one variant for each entity.
#[derive(Debug, Table)]
#[table(indexes(ByStatus))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Session(Session),
}

/// The only index. Only open orders are on it.
#[derive(Debug, Index)]
pub struct ByStatus;

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    pub customer_id: String,
    pub name: String,
    pub orders: u32,
    #[serde(with = "monotable::set", default)]
    pub interests: BTreeSet<String>,
}

/// An order. It has a version, so that two changes at the same time do not overwrite each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}", version = version)]
#[access(by_customer)]
#[access(
    open,
    index = ByStatus,
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
    pub note: Option<String>,
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

/// A session of a customer, which ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "SESSION#{token}", sk = "SESSION", ttl = until)]
pub struct Session {
    pub token: String,
    pub customer_id: String,
    pub until: Timestamp,
}

/// A customer with all orders, which are one partition and one request.
#[derive(Debug, Collection)]
pub struct Account {
    pub customer: Customer,
    pub orders: Vec<Order>,
}
