// A transaction in a partition takes its writes by `add`.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) -> monotable::Result<()> {
    shop.transaction_in(Customer::partition(id)).put(order).send().await?;
    Ok(())
}

fn main() {}
