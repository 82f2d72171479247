// The same in a partition.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;
use std::time::Duration;

async fn run<B: monotable::Backend>(shop: &Table<Shop, B>, id: CustomerId) -> monotable::Result<()> {
    let lease = shop.lease_in(Customer::partition(id), "batch", Duration::from_secs(60)).acquire().await?;
    drop(lease);
    Ok(())
}

fn main() {}
