// A transaction only writes.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

fn id() -> CustomerId {
    CustomerId("C1".into())
}

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    shop.transaction().get(Order::get(id(), "O1")).send().await?;
    Ok(())
}

fn main() {}
