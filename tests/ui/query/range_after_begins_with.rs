// A prefix ends the key.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn id() -> CustomerId {
    CustomerId("C001".into())
}

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_customer(id()).begins_with("ORD").range("a"..).all(&shop).await;
}

fn main() {}
