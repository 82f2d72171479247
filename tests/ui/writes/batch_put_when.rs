// Batches check no conditions.

#[path = "../shop.rs"]
mod shop;

use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, order: &Order) {
    let _ = shop.batch().add(order.put().when(Order::STATUS.eq(Status::Placed)));
}

fn main() {}
