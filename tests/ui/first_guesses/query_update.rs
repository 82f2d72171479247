// A query only reads.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::by_status(Status::Paid).update().set(Order::TOTAL, 5).send(&shop).await?;
    Ok(())
}

fn main() {}
