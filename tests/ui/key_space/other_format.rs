// The parts have different widths.

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
#[entity(table = Hub, pk = "ACCOUNT#{number}", sk = "ACCOUNT", shares = Account)]
struct User {
    number: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{number:04}", sk = "ACCOUNT", shares = Account)]
struct Org {
    number: u32,
}

fn main() {}
