// The next part is a time, and this is a range of text.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_status(Status::Paid).range("a".."b").all(&shop).await;
}

fn main() {}
