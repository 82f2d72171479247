// Not every backend has transactions.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: &Table<Shop, B>, order: &Order) -> monotable::Result<()> {
    shop.transaction().add(order.create()).send().await?;
    Ok(())
}

fn main() {}
