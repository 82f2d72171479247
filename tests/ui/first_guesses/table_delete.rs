// A delete begins at the entity or its key.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(
    shop: Table<Shop, B>,
    order: Order,
) -> monotable::Result<()> {
    shop.delete(Order::key(order.customer_id, order.order_id)).await?;
    Ok(())
}

fn main() {}
