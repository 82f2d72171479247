//! A small shop in one table: customers, their orders, and the items of each order.
//!
//! Run it with `cargo run --example quickstart`. It needs no server, because the table is in
//! memory.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The table: one variant for each entity that lives in it.
#[derive(Debug, Table)]
enum Shop {
    Customer(Customer),
    Order(Order),
    OrderItem(OrderItem),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
struct Customer {
    customer_id: String,
    name: String,
    order_count: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
struct Order {
    customer_id: String,
    order_id: String,
    status: Status,
    total_cents: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ITEM#{product_id}")]
#[access(in_order)]
struct OrderItem {
    order_id: String,
    product_id: String,
    quantity: u32,
    price_cents: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Status {
    Placed,
    Paid,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> monotable::Result<()> {
    tour(Embedded::in_memory()).await // or Embedded::open("shop.db")?
}

/// Fills the shop, changes it and reads it, on any backend.
pub(crate) async fn tour<B: CrossPartitionTransactions>(backend: B) -> monotable::Result<()> {
    let shop = &Shop::on(backend);
    shop.create_if_missing().await?; // An existing table is not changed.
    Customer::partition("C001").delete_all().send(shop).await?; // What an earlier run has left.

    // `create` fails if the key is taken.
    let ada = Customer { customer_id: "C001".into(), name: "Ada".into(), order_count: 0 };
    ada.create().send(shop).await?;
    place(shop, "ORD-001", &[("PROD-001", 2, 1_500), ("PROD-002", 1, 1_500)]).await?;
    place(shop, "ORD-002", &[("PROD-003", 1, 999)]).await?;

    // An update by key does not read the item first. It is made only if its condition holds.
    let paid = Order::key("C001", "ORD-001").update().set(Order::STATUS, Status::Paid);
    paid.when(Order::STATUS.eq(Status::Placed)).send(shop).await?;

    // Each read has a partition key, so it is one cheap request.
    let profile = Customer::get("C001").consistent().send(shop).await?;
    let orders = Order::by_customer("C001").consistent().all(shop).await?;
    let mut items = Vec::new();
    for order in &orders {
        items.extend(OrderItem::in_order(&order.order_id).consistent().all(shop).await?);
    }

    println!("The table, one row for each item:\n");
    println!("{:<14} {:<14} {:<10} attributes", "pk", "sk", "_type");
    if let Some(customer) = &profile {
        row(customer, "Customer", format!("{}, {} orders", customer.name, customer.order_count))?;
    }
    for order in &orders {
        row(order, "Order", format!("{:?}, {}", order.status, money(order.total_cents)))?;
    }
    for item in &items {
        row(item, "OrderItem", format!("{} at {}", item.quantity, money(item.price_cents)))?;
    }

    println!("\nThe orders of customer C001, newest first:");
    for order in Order::by_customer("C001").descending().all(shop).await? {
        println!("  {}: {:?}, {}", order.order_id, order.status, money(order.total_cents));
    }
    println!("\nThe orders over 10.00, with a filter:");
    let large = Order::TOTAL_CENTS.gt(1_000);
    for order in Order::by_customer("C001").filter(large).all(shop).await? {
        println!("  {}: {}", order.order_id, money(order.total_cents));
    }
    println!("\nThe items of order ORD-001:");
    for item in OrderItem::in_order("ORD-001").all(shop).await? {
        println!("  {}: {} at {}", item.product_id, item.quantity, money(item.price_cents));
    }
    Ok(())
}

/// Creates an order with its items and counts it. All of this is one transaction.
async fn place<B: CrossPartitionTransactions>(
    shop: &Table<Shop, B>,
    order_id: &str,
    items: &[(&str, u32, u64)],
) -> monotable::Result<()> {
    let total_cents = items.iter().map(|&(_, quantity, price)| u64::from(quantity) * price).sum();
    let order = Order {
        customer_id: "C001".into(),
        order_id: order_id.into(),
        status: Status::Placed,
        total_cents,
    };
    let mut transaction = shop
        .transaction()
        .add(order.create())
        .add(Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1));
    for &(product_id, quantity, price_cents) in items {
        let item = OrderItem {
            order_id: order_id.into(),
            product_id: product_id.into(),
            quantity,
            price_cents,
        };
        transaction = transaction.add(item.put());
    }
    transaction.send().await
}

fn row<E: EntityExt>(entity: &E, kind: &str, attributes: String) -> monotable::Result<()> {
    let key = entity.primary_key().render()?;
    println!("{:<14} {:<14} {kind:<10} {attributes}", key.pk, key.sk);
    Ok(())
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
