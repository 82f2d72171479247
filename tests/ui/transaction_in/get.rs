// A transaction in a partition only writes, as every transaction.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    shop.transaction_in(Customer::partition(id.clone())).add(Customer::get(id)).send().await?;
    Ok(())
}

fn main() {}
