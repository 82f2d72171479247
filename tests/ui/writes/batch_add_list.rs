// A batch takes requests, and not lists of entities.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, orders: Vec<Order>) {
    let _ = shop.batch().add(orders);
}

fn main() {}
