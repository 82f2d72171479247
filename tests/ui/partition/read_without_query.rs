// A partition is read by its query.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    let _ = Customer::partition(CustomerId("C001".into())).all(&shop).await?;
    Ok(())
}

fn main() {}
