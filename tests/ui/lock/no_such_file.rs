// The file of a lock is there. This is what a user sees who has just written `lock = ..`.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(lock = "shop.keys")]
enum Shop {
    Order(Order),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: u32,
}

fn main() {}
