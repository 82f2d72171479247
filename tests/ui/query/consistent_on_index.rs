// A global index is read eventually.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_status(Status::Paid).consistent().all(&shop).await;
}

fn main() {}
