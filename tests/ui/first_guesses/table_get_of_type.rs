// A read begins at the type of the entity.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = shop.get::<Order>(("C1", "O1")).await?;
    Ok(())
}

fn main() {}
