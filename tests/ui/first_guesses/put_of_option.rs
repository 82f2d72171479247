// The entity is inside of an `Option`.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(
    shop: Table<Shop, B>,
    order: Option<Order>,
) -> monotable::Result<()> {
    order.put().send(&shop).await?;
    Ok(())
}

fn main() {}
