// A batch holds requests: an entity does not say what is to become of it.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, order: Order) {
    let _ = shop.batch().add(order);
}

fn main() {}
