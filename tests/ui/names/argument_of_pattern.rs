// An argument of a pattern, of an entity in another module.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Refund::refunds("C001").all(&shop).await?;
    Ok(())
}

fn main() {}
