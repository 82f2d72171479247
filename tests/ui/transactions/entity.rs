// An entity does not say what is to become of it.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, order: Order) {
    let _ = shop.transaction().add(order);
}

fn main() {}
