use monotable::cache::{Cache, Cached};
use monotable::prelude::*;
use std::time::Duration;

#[path = "../shop.rs"]
mod shop;
use shop::{Customer, Shop};

// `cached` can fail.
fn open() -> monotable::Result<Table<Shop, Cached<Embedded>>> {
    let cache = Cache::in_process(64 << 20).entity::<Customer>(Duration::from_secs(60));
    Ok(Shop::on(Embedded::in_memory().cached(cache)))
}

fn main() {}
