// A variant holds what is no entity.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
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

struct Org;

fn main() {}
