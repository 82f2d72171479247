// A write begins at the entity.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(
    shop: Table<Shop, B>,
    order: Order,
) -> monotable::Result<()> {
    shop.put(&order).await?;
    Ok(())
}

fn main() {}
