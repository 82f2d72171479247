// Only a partition of the table can be deleted.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::by_status(Status::Paid).partition().delete_all().send(&shop).await?;
    Ok(())
}

fn main() {}
