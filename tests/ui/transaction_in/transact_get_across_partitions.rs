// The transactions of this backend stay in one partition.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    shop.transact_get((Order::get(id.clone(), "1"), Order::get(id, "2"))).send().await?;
    Ok(())
}

fn main() {}
