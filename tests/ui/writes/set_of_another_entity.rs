// An order has no field of the customer.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Order>) {
    let _ = key.update().set(Customer::NAME, "Ada");
}

fn main() {}
