// A part of type `u32` takes no `i64`.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let total: i64 = 5;
    let _ = Order::by_region("north").eq(Status::Paid).eq(total).all(&shop).await;
}

fn main() {}
