// An update begins at the entity or its key.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(
    shop: Table<Shop, B>,
    order: Order,
) -> monotable::Result<()> {
    shop.update(&order).set(Order::TOTAL, 5).await?;
    Ok(())
}

fn main() {}
