//! The order, and its requests with monotable.

use aws_sdk_dynamodb::Client;
use monotable::Backend as _;
use monotable::prelude::*;
use monotable::request::{Query, SortKeys};
use monotable_dynamodb::{DirectCodec, DynamoDb};
use serde::{Deserialize, Serialize};

/// The table's name.
pub const TABLE: &str = "shop";
/// The text that the sort keys of orders begin with.
pub const ORDERS: &str = "ORDER#";

#[derive(Debug, Table)]
pub enum Shop {
    Order(Order),
}

/// An order with twelve fields. Its item has fifteen attributes, with two key attributes and the tag.
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

/// The table. The client of `client` gets the interceptor that clients of `DynamoDb::from_env` have.
pub fn shop(client: &Client) -> monotable::Table<Shop, DynamoDb> {
    let config = client.config().to_builder().interceptor(DirectCodec::new()).build();
    Shop::on(DynamoDb::new(Client::from_conf(config), TABLE))
}

pub async fn get(shop: &monotable::Table<Shop, DynamoDb>, order: &Order) -> Option<Order> {
    let found = Order::get(&*order.customer_id, &*order.order_id).send(shop).await;
    found.expect("a get")
}

pub async fn put(shop: &monotable::Table<Shop, DynamoDb>, order: &Order) {
    order.put().send(shop).await.expect("a put");
}

/// Pays an order, if it is there.
pub async fn update(shop: &monotable::Table<Shop, DynamoDb>, order: &Order) {
    let update = Order::key(&*order.customer_id, &*order.order_id).update();
    update.set(Order::STATUS, Status::Paid).send(shop).await.expect("an update");
}

pub async fn batch(shop: &monotable::Table<Shop, DynamoDb>, orders: &[Order]) {
    let report = shop.batch().add_all(orders.iter().map(Order::put)).send().await;
    report.and_then(|report| report.into_result()).expect("a batch");
}

pub async fn transaction(shop: &monotable::Table<Shop, DynamoDb>, orders: &[Order]) {
    let mut transaction = shop.transaction();
    for order in orders {
        transaction = transaction.add(order.put());
    }
    let token = "01234567890123456789";
    transaction.idempotency_token(token).send().await.expect("a transaction");
}

/// A page, as the backend returns it.
pub async fn list(
    shop: &monotable::Table<Shop, DynamoDb>,
    order: &Order,
) -> Vec<monotable_dynamodb::Attributes> {
    let (pk, sort) =
        (format!("CUSTOMER#{}", order.customer_id), SortKeys::BeginsWith(ORDERS.to_owned()));
    let query = Query::new(Shop::DEF, "Order", "by_customer", pk, sort);
    shop.backend().query(query).await.expect("a page").items
}

pub async fn query(shop: &monotable::Table<Shop, DynamoDb>, order: &Order) -> Vec<Order> {
    Order::by_customer(&*order.customer_id).page(shop).await.expect("a page").items
}
