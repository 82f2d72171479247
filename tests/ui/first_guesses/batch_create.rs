// A batch has no conditions.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(
    shop: Table<Shop, B>,
    order: Order,
) -> monotable::Result<()> {
    shop.batch().create(&order).send().await?;
    Ok(())
}

fn main() {}
