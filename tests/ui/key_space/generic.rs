// A key space has no parameters.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
    Org(Org),
}

#[derive(KeySpace)]
enum Account<T> {
    User(User),
    Org(T),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT")]
struct User {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ORG#{name}", sk = "ACCOUNT")]
struct Org {
    name: String,
}

fn main() {}
