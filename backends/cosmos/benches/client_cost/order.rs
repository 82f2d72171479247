//! The order, and its requests with monotable.

use azure_data_cosmos::clients::ContainerClient;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};

/// The text that the sort keys of orders begin with.
pub const ORDERS: &str = "ORDER#";

#[derive(Debug, Table)]
pub enum Shop {
    Order(Order),
}

/// An order with twelve fields. Its document has three properties more: the keys and the tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
pub struct Order {
    pub customer_id: String,
    pub order_id: String,
    pub status: Status,
    pub placed_at: i64,
    pub currency: String,
    pub total_cents: u64,
    pub discount: f64,
    pub quantity: u32,
    pub email: String,
    pub city: String,
    pub note: Option<String>,
    pub is_gift: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Status {
    Placed,
    Paid,
}

/// `count` orders of one customer.
pub fn some(count: u32) -> Vec<Order> {
    (0..count)
        .map(|n| Order {
            customer_id: "C00042".to_owned(),
            order_id: format!("ORD-{n:08}"),
            status: if n % 2 == 0 { Status::Paid } else { Status::Placed },
            placed_at: 1_763_900_000_000 + i64::from(n),
            currency: "EUR".to_owned(),
            total_cents: 1299 + u64::from(n),
            discount: 0.125 + f64::from(n),
            quantity: 1 + n % 7,
            email: "ada.lovelace@example.com".to_owned(),
            city: "Saint-Rémy-en-Bouzemont".to_owned(),
            note: Some("leave it at the door, please".to_owned()),
            is_gift: n % 3 == 0,
        })
        .collect()
}

pub fn shop(container: ContainerClient) -> monotable::Table<Shop, Cosmos> {
    Shop::on(Cosmos::new(container))
}

pub async fn get(shop: &monotable::Table<Shop, Cosmos>, order: &Order) -> Option<Order> {
    let found = Order::get(&*order.customer_id, &*order.order_id).send(shop).await;
    found.expect("a get")
}

pub async fn put(shop: &monotable::Table<Shop, Cosmos>, order: &Order) {
    order.put().send(shop).await.expect("a put");
}

pub async fn query(shop: &monotable::Table<Shop, Cosmos>, order: &Order) -> Vec<Order> {
    Order::by_customer(&*order.customer_id).page(shop).await.expect("a page").items
}
