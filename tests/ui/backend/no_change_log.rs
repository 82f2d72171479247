// A store that was opened without a log of changes has no feed.

#[path = "../shop.rs"]
mod shop;

use monotable::change::StartFrom;
use monotable::prelude::*;
use shop::Shop;

async fn used(shop: &Table<Shop, Embedded>) -> monotable::Result<()> {
    let page = shop.changes(StartFrom::Oldest).next_page().await?;
    println!("{} changes", page.changes.len());
    Ok(())
}

fn main() {}
