// The transactions of this backend stay in one partition.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, old: &Order, new: &Order) -> monotable::Result<()> {
    old.move_to(new).send(shop).await?;
    Ok(())
}

fn main() {}
