// A customer has no fields of the order.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Customer>) {
    let _ = key.update().set_index_key(Order::GSI2_KEY, (None, Status::Paid, 10));
}

fn main() {}
