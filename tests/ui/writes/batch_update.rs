// Batches hold whole items.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use monotable::{Backend, Key};
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, key: Key<Order>) {
    let _ = shop.batch().add(key.update().set(Order::REGION, "north"));
}

fn main() {}
