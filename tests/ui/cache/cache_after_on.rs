use monotable::cache::Cache;
use monotable::prelude::*;
use std::time::Duration;

#[path = "../shop.rs"]
mod shop;
use shop::{Customer, Shop};

// The cache is in front of the backend, and not of the table.
async fn open() -> monotable::Result<()> {
    let cache = Cache::in_process(64 << 20).entity::<Customer>(Duration::from_secs(60));
    let shop = Shop::on(Embedded::in_memory()).cached(cache)?;
    shop.create_if_missing().await?;
    Ok(())
}

fn main() {}
