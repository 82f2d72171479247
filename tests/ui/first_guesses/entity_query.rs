// Each access pattern has a name of its own.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = Order::query("C1").all(&shop).await?;
    Ok(())
}

fn main() {}
