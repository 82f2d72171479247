// A date is no time: it is a range of them.

#[path = "../shop.rs"]
mod shop;

use jiff::civil::date;
use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let _ = Order::by_status(Status::Paid).eq(date(2026, 6, 1)).all(&shop).await;
}

fn main() {}
