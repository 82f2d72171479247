// A variant holds an entity that does not share its keys.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
    Org(Org),
}

#[derive(KeySpace)]
enum Account {
    User(User),
    Org(Org),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
struct User {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ORG#{name}", sk = "ACCOUNT")]
struct Org {
    name: String,
}

fn main() {}
