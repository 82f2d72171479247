// The order lives in another table than the partition.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::{Account, Club};
use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(club: &Table<Club, B>, order: &Order) -> monotable::Result<()> {
    club.transaction_in(Account::partition("1")).add(order.create()).send().await?;
    Ok(())
}

fn main() {}
