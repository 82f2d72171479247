// An entity is not a write.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) -> monotable::Result<()> {
    shop.transaction_in(Customer::partition(id)).add(order).send().await?;
    Ok(())
}

fn main() {}
