// Without `.await`, nothing is sent.

#![deny(unused_must_use)]

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, order: &Order) {
    shop.transaction().add(order.create()).send();
}

fn main() {}
