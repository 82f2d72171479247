// A transaction takes requests, and not entities.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, orders: Vec<Order>) {
    let _ = shop.transaction().add_all(&orders);
}

fn main() {}
