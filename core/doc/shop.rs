// What the examples in this crate's documentation share: a small shop, on the facade crate. Not a
// module of the crate; each example includes it.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct Gsi1;

#[derive(Debug, Index)]
#[index(name = "gsi2")]
pub struct Gsi2;

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2), coordination)]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    OrderItem(OrderItem),
    Page(Page),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    pub customer_id: String,
    pub name: String,
    pub order_count: u32,
    pub blocked: bool,
    pub address: Option<Address>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct Address {
    pub street: String,
    pub zip: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
#[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{placed_at:s}#{order_id}")]
#[key(index = Gsi2, pk = "CUSTOMER#{customer_id}", sk = "{status}#{placed_at:s}")]
pub struct Order {
    pub customer_id: String,
    pub order_id: String,
    pub status: Status,
    pub placed_at: Timestamp,
    /// In cents.
    pub total: u64,
    pub note: Option<String>,
    pub labels: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
pub enum Status {
    Placed,
    Paid,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ITEM#{product_id}")]
#[access(in_order)]
pub struct OrderItem {
    pub order_id: String,
    pub product_id: String,
    pub quantity: u32,
}

/// A page of the shop's site, and how often it was visited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "PAGE#{url}", sk = "VISITS")]
pub struct Page {
    pub url: String,
    pub visits: u64,
}

pub fn customer(customer_id: &str) -> Customer {
    Customer {
        customer_id: customer_id.into(),
        name: "Ada".into(),
        order_count: 0,
        blocked: false,
        address: None,
    }
}

pub fn order(order_id: &str, total: u64) -> Order {
    Order {
        customer_id: "C001".into(),
        order_id: order_id.into(),
        status: Status::Placed,
        placed_at: Timestamp::UNIX_EPOCH,
        total,
        note: None,
        labels: Vec::new(),
    }
}

pub fn item(order_id: &str, product_id: &str) -> OrderItem {
    OrderItem { order_id: order_id.into(), product_id: product_id.into(), quantity: 1 }
}

/// Switches on the log of changes, and then places the order ORD-003.
pub async fn with_changes(
    shop: Table<Shop, Embedded>,
) -> monotable::Result<Table<Shop, Embedded<monotable::embedded::ChangeLog>>> {
    let retention = monotable::embedded::Retention::default();
    let shop = Shop::on(shop.backend().clone().with_change_log(retention)?);
    order("ORD-003", 100).create().send(&shop).await?;
    Ok(shop)
}

/// Runs an example on a shop with customer C001, who has placed the orders ORD-001 and ORD-002.
pub fn example(
    example: impl AsyncFnOnce(Table<Shop, Embedded>) -> monotable::Result<()>,
) -> monotable::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(async {
        let shop = Shop::on(Embedded::in_memory());
        customer("C001").create().send(&shop).await?;
        order("ORD-001", 4_500).create().send(&shop).await?;
        order("ORD-002", 999).create().send(&shop).await?;
        example(shop).await
    })
}
