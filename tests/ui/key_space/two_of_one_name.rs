// The enum of another module has the same name.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
    Org(Org),
    Team(Team),
}

mod people {
    #[derive(monotable::KeySpace)]
    pub(crate) enum Account {
        User(super::User),
        Org(super::Org),
    }
}

mod groups {
    #[derive(monotable::KeySpace)]
    pub(crate) enum Account {
        Org(super::Org),
        Team(super::Team),
    }
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = people::Account)]
struct User {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = groups::Account)]
struct Org {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = groups::Account)]
struct Team {
    name: String,
}

fn main() {}
