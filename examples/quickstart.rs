//! A small shop in one table: customers, their orders, and the items of each order.
//!
//! Run it with `cargo run --example quickstart`. It needs no server: the table lives in memory.

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
    email: String,
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
    let shop = Shop::on(Embedded::in_memory());
    fill(&shop).await?;

    // Every read names its partition, so every read is one cheap request.
    let profile = Customer::get("C001").send(&shop).await?;
    let orders = Order::by_customer("C001").all(&shop).await?;
    let mut items = Vec::new();
    for order in &orders {
        items.extend(OrderItem::in_order(&order.order_id).all(&shop).await?);
    }

    println!("The table, one row for each item:\n");
    println!("{:<14} {:<14} {:<10} attributes", "pk", "sk", "_type");
    if let Some(customer) = &profile {
        row(customer, "Customer", format!("{}, {}", customer.name, customer.email))?;
    }
    for order in &orders {
        row(order, "Order", format!("{:?}, {}", order.status, money(order.total_cents)))?;
    }
    for item in &items {
        row(item, "OrderItem", format!("{} at {}", item.quantity, money(item.price_cents)))?;
    }

    println!("\nThe profile of customer C001:");
    println!("  {profile:?}");
    println!("\nThe orders of customer C001, newest first:");
    for order in Order::by_customer("C001").descending().all(&shop).await? {
        println!("  {}: {:?}, {}", order.order_id, order.status, money(order.total_cents));
    }
    println!("\nThe items of order ORD-001:");
    for item in OrderItem::in_order("ORD-001").all(&shop).await? {
        println!("  {}: {} at {}", item.product_id, item.quantity, money(item.price_cents));
    }
    Ok(())
}

/// Writes a customer, two orders and three items; `create` fails if a key is taken.
async fn fill<B: monotable::Backend>(shop: &Table<Shop, B>) -> monotable::Result<()> {
    let customer = Customer {
        customer_id: "C001".into(),
        name: "Ada".into(),
        email: "ada@example.com".into(),
    };
    customer.create().send(shop).await?;
    for (order_id, status, total_cents) in
        [("ORD-001", Status::Paid, 4_500), ("ORD-002", Status::Placed, 999)]
    {
        let order =
            Order { customer_id: "C001".into(), order_id: order_id.into(), status, total_cents };
        order.create().send(shop).await?;
    }
    for (order_id, product_id, quantity, price_cents) in [
        ("ORD-001", "PROD-001", 2, 1_500),
        ("ORD-001", "PROD-002", 1, 1_500),
        ("ORD-002", "PROD-003", 1, 999),
    ] {
        let item = OrderItem {
            order_id: order_id.into(),
            product_id: product_id.into(),
            quantity,
            price_cents,
        };
        item.create().send(shop).await?;
    }
    Ok(())
}

fn row<E: Record>(entity: &E, kind: &str, attributes: String) -> monotable::Result<()> {
    let key = entity.primary_key().render()?;
    println!("{:<14} {:<14} {kind:<10} {attributes}", key.pk, key.sk);
    Ok(())
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
