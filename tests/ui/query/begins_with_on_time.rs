// A time has no prefix.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_status(Status::Paid).begins_with("2026").all(&shop).await;
}

fn main() {}
