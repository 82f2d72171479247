// What is read together is of one table.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::*;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = shop
        .transact_get((Customer::get(CustomerId("C001".into())), Account::get("M001", "cash")));
}

fn main() {}
