// A transaction is of one table.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::*;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn run<B: CrossPartitionTransactions>(shop: &Table<Shop, B>, account: &Account) {
    let _ = shop.transaction().add(account.create());
}

fn main() {}
