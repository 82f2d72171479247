use monotable::cache::Cache;
use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Customer;

// Of what?
fn open() {
    let cache = Cache::in_process(64 << 20).entity::<Customer>(60_u64);
    let _backend = Embedded::in_memory().cached(cache);
}

fn main() {}
