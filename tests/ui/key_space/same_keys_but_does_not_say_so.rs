// Two entities have the same keys, and only one of them says that it shares them.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
    Org(Org),
    Team(Team),
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
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
struct Org {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT")]
struct Team {
    name: String,
}

fn main() {}
