// A range of a part that two entities share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::orders(1).range("a".."b").all(&shop).await?;
    Ok(())
}

fn main() {}
