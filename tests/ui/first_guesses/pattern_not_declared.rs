// The access pattern is not declared. The compiler finds the words itself.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = Order::by_total(5).all(&shop).await?;
    Ok(())
}

fn main() {}
