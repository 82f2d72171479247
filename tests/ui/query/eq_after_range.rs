// A range ends the key: a part after it cannot be bound.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_region("north").eq(Status::Paid).range(1..).eq(5).all(&shop).await;
}

fn main() {}
