// Not every backend has transactions.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    let gets = (Customer::get(id.clone()),);
    shop.transact_get_in(Customer::partition(id), gets).send().await?;
    Ok(())
}

fn main() {}
