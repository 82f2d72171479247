// The order is that of the sort key.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = Order::by_status(Status::Paid).order_by(Order::TOTAL).all(&shop).await?;
    Ok(())
}

fn main() {}
