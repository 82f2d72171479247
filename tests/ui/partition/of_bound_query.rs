// The partition would have more items than the query.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let placed = jiff::Timestamp::UNIX_EPOCH;
    Order::by_status(Status::Paid).eq(placed).partition().count(&shop).await?;
    Ok(())
}

fn main() {}
