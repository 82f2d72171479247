// A number has no prefix: its key is padded.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_region("north").eq(Status::Paid).begins_with("1").all(&shop).await;
}

fn main() {}
