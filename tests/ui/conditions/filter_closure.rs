// A filter runs in the store, so it is no function.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn main() {
    let _ = Order::by_status(Status::Paid).filter(|order: &Order| order.total > 100);
}
