// A transaction writes: gets are read together.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = shop.transaction().add(Order::get(CustomerId("C001".into()), "ORD-001"));
}

fn main() {}
