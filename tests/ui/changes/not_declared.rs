// A consumer keeps its position in an item of coordination.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

async fn used<B: monotable::ChangeFeed>(shop: &Table<Shop, B>) {
    let _ = shop.consumer("mails");
}

fn main() {}
