// A comparison of a field that two entities share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::orders(1).filter(Order::TOTAL.begins_with("1")).all(&shop).await?;
    Ok(())
}

fn main() {}
