// A check is part of a transaction.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Key};
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, key: Key<Customer>) {
    let _ = key.check().send(shop).await;
}

fn main() {}
