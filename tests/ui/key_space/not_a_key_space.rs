// An entity shares its keys with those of an enum that derives nothing.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
}

enum Account {
    User(User),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
struct User {
    name: String,
}

fn main() {}
