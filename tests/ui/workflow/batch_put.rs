// A batch has no way to check the state.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(shop: Table<Shop, Embedded>, order: Order) {
    shop.batch().add(order.into_put());
}

fn main() {}
