//! The same requests with the SDK and `serde_dynamo`, which converts between items and orders.

use crate::by_hand::{Map, fetch, list, store};
use crate::order::Order;
use aws_sdk_dynamodb::Client;

pub async fn get(client: &Client, order: &Order) -> Option<Order> {
    fetch(client, order).await.map(read)
}

pub async fn put(client: &Client, order: &Order) {
    store(client, order, serde_dynamo::to_item(order).expect("an item")).await;
}

pub async fn query(client: &Client, order: &Order) -> Vec<Order> {
    // `from_items` does not work here: a partition has items of several types, so each tag is checked.
    list(client, order).await.into_iter().map(read).collect()
}

fn read(item: Map) -> Order {
    let tag = item.get("_type").and_then(|tag| tag.as_s().ok());
    assert!(tag.is_some_and(|tag| tag == "Order"));
    serde_dynamo::from_item(item).expect("an order")
}
