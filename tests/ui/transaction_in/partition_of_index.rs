// A partition of an index is no partition of the table.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, order: &Order) -> monotable::Result<()> {
    let paid = Order::by_status(Status::Paid).partition();
    shop.transaction_in(paid).add(order.create()).send().await?;
    Ok(())
}

fn main() {}
