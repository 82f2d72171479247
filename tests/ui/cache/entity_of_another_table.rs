use monotable::cache::Cache;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[path = "../shop.rs"]
mod shop;
use shop::Customer;

#[derive(Table)]
pub enum Hub {
    Repo(Repo),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{name}", sk = "REPO")]
pub struct Repo {
    pub name: String,
}

// A cache is that of one table.
fn open() {
    let minute = Duration::from_secs(60);
    let cache = Cache::in_process(64 << 20).entity::<Customer>(minute).entity::<Repo>(minute);
    let _backend = Embedded::in_memory().cached(cache);
}

fn main() {}
