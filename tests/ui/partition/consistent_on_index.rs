// A global index has no consistent reads.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::by_status(Status::Paid).partition().query().consistent().all(&shop).await?;
    Ok(())
}

fn main() {}
