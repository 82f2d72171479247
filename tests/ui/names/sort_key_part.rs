// A part of the sort key that two entities share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::orders(1).eq("ORD-7").all(&shop).await?;
    Ok(())
}

fn main() {}
