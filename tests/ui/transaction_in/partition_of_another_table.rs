// The partition is of another table.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::Account;
use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, order: &Order) -> monotable::Result<()> {
    shop.transaction_in(Account::partition("1")).add(order.create()).send().await?;
    Ok(())
}

fn main() {}
