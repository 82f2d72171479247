// A point read takes the whole primary key.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn id() -> CustomerId {
    CustomerId("C001".into())
}

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::get(id()).send(&shop).await;
}

fn main() {}
