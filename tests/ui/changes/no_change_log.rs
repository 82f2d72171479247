// A store that was opened without a log of changes has no feed.

#[path = "../shop.rs"]
mod shop;

use monotable::change::StartFrom;
use monotable::prelude::*;
use shop::Shop;

fn used(shop: &Table<Shop, Embedded>) {
    let _ = shop.changes(StartFrom::Oldest);
}

fn main() {}
