// A transaction is of one table.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::*;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = shop.transaction().add(Account::key("M001", "cash").check());
}

fn main() {}
