// A key part that two entities of another module share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::get("C001", 7).send(&shop).await?;
    Ok(())
}

fn main() {}
