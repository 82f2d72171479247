// A write is not read.

#[path = "../shop.rs"]
mod shop;

use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId, order: &Order) {
    let _ = shop.transact_get_in(Customer::partition(id), (order.put(),));
}

fn main() {}
