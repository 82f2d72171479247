// One get is sent by itself.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = shop.transact_get(Customer::get(CustomerId("C001".into())));
}

fn main() {}
