// The last part is bound: there is none left.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn id() -> CustomerId {
    CustomerId("C001".into())
}

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_customer(id()).eq("ORD-1").begins_with("x").all(&shop).await;
}

fn main() {}
