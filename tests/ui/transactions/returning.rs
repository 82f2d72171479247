// Stores give nothing back from transactions.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, order: &Order) {
    let _ = shop.transaction().add(order.put().returning_old());
}

fn main() {}
