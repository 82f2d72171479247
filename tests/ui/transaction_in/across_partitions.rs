// The transactions of this backend stay in one partition.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, order: &Order) -> monotable::Result<()> {
    shop.transaction().add(order.create()).send().await?;
    Ok(())
}

fn main() {}
