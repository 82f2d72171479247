// There is no scan: an entity is read by key or by an access pattern.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::all(&shop).await;
}

fn main() {}
