// Not every backend has transactions.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    shop.transact_get((Customer::get(id),)).send().await?;
    Ok(())
}

fn main() {}
