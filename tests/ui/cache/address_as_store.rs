use monotable::cache::Cache;

// The connection is made by the program, with the crate `redis`.
fn open() {
    let _cache = Cache::shared("redis://127.0.0.1:6379");
}

fn main() {}
