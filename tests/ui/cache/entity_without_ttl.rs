use monotable::cache::Cache;
use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Customer;

// How long a customer may be old is for the program to say.
fn open() {
    let cache = Cache::in_process(64 << 20).entity::<Customer>();
    let _backend = Embedded::in_memory().cached(cache);
}

fn main() {}
