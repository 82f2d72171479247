// A batch takes requests, and not entities.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, orders: Vec<Order>) {
    let _ = shop.batch().add_all(&orders);
}

fn main() {}
