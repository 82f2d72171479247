// Only lists are appended to.

#[path = "../shop.rs"]
mod shop;

use monotable::Key;
use shop::*;

fn run(key: Key<Customer>) {
    let _ = key.update().append(Customer::NAME, ["!"]);
}

fn main() {}
