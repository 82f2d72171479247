// A transaction in a partition returns no items, as every transaction.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) -> monotable::Result<()> {
    let put = order.put().returning_old();
    shop.transaction_in(Customer::partition(id)).add(put).send().await?;
    Ok(())
}

fn main() {}
