use monotable::prelude::*;
use monotable::{Backend, Table};

#[path = "../shop.rs"]
mod shop;
use shop::Shop;

// Not every backend serves the indexes.
fn open<B: Backend>(backend: B) -> Table<Shop, B> {
    Shop::on(backend)
}

fn main() {}
