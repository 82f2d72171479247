// A key does not say what is to become of the item.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Key};
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, key: Key<Order>) {
    let _ = shop.transaction().add(key);
}

fn main() {}
