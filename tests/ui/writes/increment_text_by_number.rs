// The name is a text, so the number does not matter.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Customer>) {
    let _ = key.update().increment(Customer::NAME, 1);
}

fn main() {}
