// The partition would have more items than the query.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::by_customer(CustomerId("C001".into())).begins_with("A").partition().delete_all().send(&shop).await?;
    Ok(())
}

fn main() {}
