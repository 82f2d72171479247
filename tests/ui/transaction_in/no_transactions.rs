// Not every backend has transactions.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) -> monotable::Result<()> {
    shop.transaction_in(Customer::partition(id)).add(order.create()).send().await?;
    Ok(())
}

fn main() {}
