//! Code that several test binaries use: two tables, and layers around backends. The
//! table in this file is a shop with every kind of key, projection and index.

pub mod club;
pub mod cosmos;
pub mod layer;
mod store;

pub use store::{Charge, Store, Traits};

use jiff::Timestamp;
use monotable::dynamodb::DynamoDbStreams;
use monotable::prelude::*;
use monotable::testing::dynamodb::{self, TestStore};
use monotable::{Key, Projected};
use serde::{Deserialize, Serialize};

/// An index of whole items.
#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct Gsi1;

/// An index of keys only.
#[derive(Debug, Index)]
#[index(name = "gsi2", projection = keys_only)]
pub struct Gsi2;

/// A sparse index of the keys and the total.
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

/// A customer. The sort key is a literal, so there is one in a partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
#[access(profile)]
#[allow(missing_docs)]
pub struct Customer {
    pub customer_id: String,
    pub name: String,
    pub email: Option<String>,
}

/// An order. It is on every index.
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

/// A numbered item of an order.
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

/// Returns a store in DynamoDB Local with a table name of its own, or `None` if the test has to be
/// skipped. The table is deleted when the result is dropped.
///
/// # Panics
///
/// If there is none and `MONOTABLE_REQUIRE_CONTAINERS` is 1.
pub async fn dynamodb_local() -> Option<TestStore> {
    dynamodb::store().await.expect("DynamoDB Local")
}

/// Returns a store in DynamoDB Local like [`dynamodb_local`], and the same with the stream of its changes. `None` if the test
/// has to be skipped.
///
/// # Panics
///
/// If there is none and `MONOTABLE_REQUIRE_CONTAINERS` is 1.
pub async fn dynamodb_streams() -> Option<(TestStore, DynamoDbStreams)> {
    use aws_sdk_dynamodbstreams::config::{BehaviorVersion, Config, Credentials, Region};
    // DynamoDB Local has tables for each region and key, so they are those of the other client.
    let store = dynamodb_local().await?;
    let endpoint = dynamodb::endpoint().await.expect("DynamoDB Local")?;
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(endpoint);
    let client = aws_sdk_dynamodbstreams::Client::from_conf(config.build());
    let streams = DynamoDbStreams::new((*store).clone(), client);
    Some((store, streams))
}

/// Returns a customer with this key. All other fields have fixed values.
#[must_use]
pub fn customer(id: &str) -> Customer {
    Customer { customer_id: id.into(), name: "Ada".into(), email: None }
}

/// Returns an order with these keys. All other fields have fixed values.
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

/// Returns an order item with these keys and the quantity 1.
#[must_use]
pub fn item(order: &str, line: u16, product: &str) -> OrderItem {
    OrderItem { order_id: order.into(), line, product_id: product.into(), quantity: 1 }
}

/// Returns the primary keys of entries of an index.
#[must_use]
pub fn keys<E: Entity, I>(entries: Vec<Projected<E, I>>) -> Vec<Key<E>> {
    entries.into_iter().map(Projected::into_key).collect()
}

/// Returns a time on 2 November 2026.
///
/// # Panics
///
/// If `clock` is not `hh:mm:ss`, with or without a fraction.
#[must_use]
pub fn at(clock: &str) -> Timestamp {
    format!("2026-11-02T{clock}Z").parse().expect("a clock time")
}

/// Returns how many rounds a random test makes: `rounds`, which is the number for CI, multiplied by
/// `MONOTABLE_SCALE`.
///
/// # Panics
///
/// If `MONOTABLE_SCALE` is set and is not a number.
#[must_use]
pub fn scaled(rounds: usize) -> usize {
    rounds * number("MONOTABLE_SCALE").unwrap_or(1)
}

/// Returns the seed of a random test: `MONOTABLE_SEED` if it is set, and `default` otherwise, as in
/// CI.
///
/// # Panics
///
/// If `MONOTABLE_SEED` is set and is not a number.
#[must_use]
pub fn seed(default: u64) -> u64 {
    number("MONOTABLE_SEED").map_or(default, |seed| seed as u64)
}

/// Returns how many rounds a test makes: the value of `variable` if it is set, and `default`
/// multiplied by `MONOTABLE_SCALE` otherwise.
///
/// # Panics
///
/// If one of these variables is set and is not a number.
#[must_use]
pub fn rounds(variable: &str, default: usize) -> usize {
    number(variable).unwrap_or_else(|| scaled(default))
}

fn number(variable: &str) -> Option<usize> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|error| panic!("{variable}={text}: {error}")))
}
