// The accounts that the tests of key spaces use.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
pub enum Hub {
    User(User),
    Org(Org),
    Issue(Issue),
}

#[derive(KeySpace)]
pub enum Account {
    User(User),
    Org(Org),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
pub struct User {
    pub name: String,
    pub age: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
pub struct Org {
    pub name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ISSUE#{number}")]
pub struct Issue {
    pub name: String,
    pub number: u32,
}
