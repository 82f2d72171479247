// Parts are bound in order: the time comes before the order.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_status(Status::Paid).eq("ORD-1").all(&shop).await;
}

fn main() {}
