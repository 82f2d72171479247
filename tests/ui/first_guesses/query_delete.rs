// A query deletes what it finds with `delete_all`.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::by_status(Status::Paid).delete().send(&shop).await?;
    Ok(())
}

fn main() {}
