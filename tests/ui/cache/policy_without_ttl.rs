use monotable::cache::{Cache, Policy};
use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Customer;

// There is no policy without a time to live.
fn open() {
    let cache = Cache::in_process(64 << 20).entity::<Customer>(Policy::default());
    let _backend = Embedded::in_memory().cached(cache);
}

fn main() {}
