// An access pattern is not a partition.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) -> monotable::Result<()> {
    shop.transaction_in(Order::by_customer(id)).add(order.create()).send().await?;
    Ok(())
}

fn main() {}
