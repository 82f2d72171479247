// One value is no range.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn id() -> CustomerId {
    CustomerId("C001".into())
}

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_customer(id()).range("ORD-1").all(&shop).await;
}

fn main() {}
