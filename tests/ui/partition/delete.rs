// A partition is deleted with `delete_all`.

#[path = "../shop.rs"]
mod shop;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: CrossPartitionTransactions>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Customer::partition(CustomerId("C001".into())).delete().send(&shop).await?;
    Ok(())
}

fn main() {}
