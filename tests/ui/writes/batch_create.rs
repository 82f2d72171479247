// To create is to check that there is no such item.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, order: &Order) {
    let _ = shop.batch().add(order.create());
}

fn main() {}
