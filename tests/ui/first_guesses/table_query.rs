// A query begins at an access pattern.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _: Vec<Order> = shop.query(Order::by_status(Status::Paid)).all().await?;
    Ok(())
}

fn main() {}
