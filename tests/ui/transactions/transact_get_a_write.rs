// What is read together is not written.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, order: &Order) {
    let _ = shop.transact_get((order.put(),));
}

fn main() {}
