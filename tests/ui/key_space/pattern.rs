// An access pattern on the primary key would read the items of all entities.

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
#[entity(table = Hub, pk = "TENANT#{tenant}", sk = "ACCOUNT#{name}", shares = Account)]
#[access(by_tenant)]
struct User {
    tenant: String,
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "TENANT#{tenant}", sk = "ACCOUNT#{name}", shares = Account)]
struct Org {
    tenant: String,
    name: String,
}

fn main() {}
