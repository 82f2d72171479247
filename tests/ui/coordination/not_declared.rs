// A table has records of once-only work only if it says so.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;
use std::time::Duration;

async fn run<B: monotable::Backend>(shop: &Table<Shop, B>) -> monotable::Result<()> {
    shop.once("charge", 7, Duration::from_secs(60)).run(async || Ok::<_, monotable::Error>(1)).await?;
    Ok(())
}

fn main() {}
