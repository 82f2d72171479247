// A partition of an index is no partition of the table.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

async fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    let paid = Order::by_status(Status::Paid).partition();
    shop.transact_get_in(paid, (Order::get(id, "1"),)).send().await?;
    Ok(())
}

fn main() {}
