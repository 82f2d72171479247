// The names of an enum are taken whole.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_region("north").begins_with("P").all(&shop).await;
}

fn main() {}
