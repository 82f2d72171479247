// Only numbers are incremented.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Customer>) {
    let _ = key.update().increment(Customer::NAME, "1");
}

fn main() {}
