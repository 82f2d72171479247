// The keys of an enum are its names, whose order says nothing.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_region("north").range(Status::Placed..).all(&shop).await;
}

fn main() {}
