//! The same requests with the SDK and `serde_dynamo`, which converts between items and orders.

use crate::by_hand::{Map, fetch, list, set_status, store, store_all, transact};
use crate::order::Order;
use aws_sdk_dynamodb::Client;

pub async fn get(client: &Client, order: &Order) -> Option<Order> {
    fetch(client, order).await.map(read)
}

pub async fn put(client: &Client, order: &Order) {
    store(client, order, written(order)).await;
}

pub async fn update(client: &Client, order: &Order) {
    let status = serde_dynamo::to_attribute_value(crate::order::Status::Paid).expect("a value");
    set_status(client, order, status).await;
}

pub async fn batch(client: &Client, orders: &[Order]) {
    store_all(client, orders, written).await;
}

pub async fn transaction(client: &Client, orders: &[Order]) {
    transact(client, orders, written).await;
}

pub async fn query(client: &Client, order: &Order) -> Vec<Order> {
    // `from_items` does not work here: a partition has items of several types, so each tag is checked.
    list(client, order).await.into_iter().map(read).collect()
}

fn written(order: &Order) -> Map {
    serde_dynamo::to_item(order).expect("an item")
}

fn read(item: Map) -> Order {
    let tag = item.get("_type").and_then(|tag| tag.as_s().ok());
    assert!(tag.is_some_and(|tag| tag == "Order"));
    serde_dynamo::from_item(item).expect("an order")
}
