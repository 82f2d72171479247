use monotable::cache::Cache;
use monotable::prelude::*;

// A cache that names no entity has no time to live for anything.
fn open() {
    let _backend = Embedded::in_memory().cached(Cache::in_process(64 << 20));
}

fn main() {}
