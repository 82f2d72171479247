// Some of the writes may be left over.

#![deny(unused_must_use)]

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, order: &Order) {
    shop.batch().add(order.put()).send().await.unwrap();
}

fn main() {}
