// A condition is about one entity.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Customer::partition(CustomerId("C001".into())).query().filter(Order::TOTAL.gt(1)).all(&shop).await?;
    Ok(())
}

fn main() {}
