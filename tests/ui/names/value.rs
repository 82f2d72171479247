// A value for a field that two entities share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::key(1, 7).update().set(Order::NOTE, 8).send(&shop).await?;
    Ok(())
}

fn main() {}
