// Values for fields that two entities share.

#[path = "../refunds.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) -> monotable::Result<()> {
    Order::key(1, 7).update().set_index_key(Order::BY_STATE_KEY, (1, 2, 3)).send(&shop).await?;
    Ok(())
}

fn main() {}
