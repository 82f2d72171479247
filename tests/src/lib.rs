//! What the tests share: a shop with every kind of key, projection and index.

pub mod club;
pub mod dynamodb;
pub mod layer;

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// Whole items.
#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct Gsi1;

/// Keys only.
#[derive(Debug, Index)]
#[index(name = "gsi2", projection = keys_only)]
pub struct Gsi2;

/// Keys and the total; sparse.
#[derive(Debug, Index)]
#[index(name = "gsi3", projection = include(total))]
pub struct Gsi3;

/// The table.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Gsi1, Gsi2, Gsi3))]
pub enum Shop {
    /// Customers.
    Customer(Customer),
    /// Their orders.
    Order(Order),
    /// The items of an order.
    OrderItem(OrderItem),
}

/// A customer: one item, alone under its sort key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
#[access(profile)]
#[allow(missing_docs)]
pub struct Customer {
    pub customer_id: String,
    pub name: String,
    pub email: Option<String>,
}

/// An order, on every index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
#[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{placed_at:s}#{order_id}")]
#[access(by_region, index = Gsi2, pk = "REGION#{region}", sk = "{status}#{placed_at:s}")]
#[access(
    open_on,
    index = Gsi3,
    pk = "OPEN#{placed_at:day:bucket}",
    sk = "{total:desc}#{order_id}",
    when(status = Placed | Paid)
)]
#[allow(missing_docs)]
pub struct Order {
    pub customer_id: String,
    pub order_id: String,
    pub status: Status,
    pub placed_at: Timestamp,
    pub total: u32,
    pub note: Option<String>,
    pub region: Option<String>,
}

/// The status of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum Status {
    Placed,
    Paid,
    Shipped,
}

/// An item of an order, numbered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ITEM#{line}#{product_id}")]
#[access(in_order)]
#[allow(missing_docs)]
pub struct OrderItem {
    pub order_id: String,
    pub line: u16,
    pub product_id: String,
    pub quantity: u32,
}

/// An order with these keys; all other fields have fixed values.
#[must_use]
pub fn order(customer: &str, id: &str) -> Order {
    Order {
        customer_id: customer.into(),
        order_id: id.into(),
        status: Status::Placed,
        placed_at: Timestamp::UNIX_EPOCH,
        total: 100,
        note: None,
        region: None,
    }
}

/// An order item with these keys, of quantity 1.
#[must_use]
pub fn item(order: &str, line: u16, product: &str) -> OrderItem {
    OrderItem { order_id: order.into(), line, product_id: product.into(), quantity: 1 }
}

/// A time on 2 November 2026.
///
/// # Panics
///
/// If `clock` is not `hh:mm:ss`, with or without a fraction.
#[must_use]
pub fn at(clock: &str) -> Timestamp {
    format!("2026-11-02T{clock}Z").parse().expect("a clock time")
}

/// How many rounds a random test makes: the number for CI, times `MONOTABLE_SCALE`.
///
/// # Panics
///
/// If `MONOTABLE_SCALE` is set and is not a number.
#[must_use]
pub fn scaled(rounds: usize) -> usize {
    rounds * number("MONOTABLE_SCALE").unwrap_or(1)
}

/// The seed of a random test: `MONOTABLE_SEED`, or else the one that CI has.
///
/// # Panics
///
/// If `MONOTABLE_SEED` is set and is not a number.
#[must_use]
pub fn seed(default: u64) -> u64 {
    number("MONOTABLE_SEED").map_or(default, |seed| seed as u64)
}

/// How many rounds a test makes: the variable, or else the number for CI, scaled.
///
/// # Panics
///
/// If a variable is set and is not a number.
#[must_use]
pub fn rounds(variable: &str, default: usize) -> usize {
    number(variable).unwrap_or_else(|| scaled(default))
}

fn number(variable: &str) -> Option<usize> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|error| panic!("{variable}={text}: {error}")))
}
