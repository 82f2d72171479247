// A range of an earlier part ends the key, though a part comes after it.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let from = jiff::Timestamp::UNIX_EPOCH;
    let _ = Order::by_status(Status::Paid).range(from..).eq("ORD-1").all(&shop).await;
}

fn main() {}
