// A filter without a partition would read the whole table.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::filter(|order: &Order| order.total > 100).all(&shop).await;
}

fn main() {}
