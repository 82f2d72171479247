// Conditions have the words of the stores.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = Order::by_status(Status::Paid)
        .filter(Order::REGION.is_some() & Order::TOTAL.ge(5))
        .all(&shop)
        .await?;
    Ok(())
}

fn main() {}
