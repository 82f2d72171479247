// Older items have the attribute under its former name, which the index does not include.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
#[index(projection = include(total))]
struct ByOwner;

#[derive(Table)]
#[table(indexes(ByOwner))]
enum Shop {
    Order(Order),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
#[access(by_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{id}")]
struct Order {
    id: String,
    owner: String,
    #[serde(alias = "amount")]
    total: Option<u32>,
}

fn main() {}
