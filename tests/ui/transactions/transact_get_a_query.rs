// What is read together is single items.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = shop.transact_get((Order::by_customer(CustomerId("C001".into())),));
}

fn main() {}
