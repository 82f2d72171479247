// The next part is a time, and a date is a whole day.

#[path = "../shop.rs"]
mod shop;

use jiff::civil::date;
use monotable::Backend;
use monotable::prelude::*;
use shop::*;

async fn run<B: Backend>(shop: Table<Shop, B>) {
    let june = date(2026, 6, 1)..=date(2026, 6, 21);
    let _ = Order::by_status(Status::Paid).range(june).all(&shop).await;
}

fn main() {}
