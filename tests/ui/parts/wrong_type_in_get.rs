// The key part is a newtype of text, not text.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::get("C001", "ORD-1").send(&shop).await;
}

fn main() {}
