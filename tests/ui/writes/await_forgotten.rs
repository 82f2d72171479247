// Without `.await`, nothing is sent.

#![deny(unused_must_use)]

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, order: &Order) {
    order.put().send(shop);
}

fn main() {}
