// The repositories that the tests of collections use.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
pub enum Hub {
    Repo(Repo),
    Issue(Issue),
    Pull(Pull),
    Star(Star),
    User(User),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "REPO")]
pub struct Repo {
    pub owner: String,
    pub name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{repo}", sk = "ISSUE#{number}")]
pub struct Issue {
    pub owner: String,
    pub repo: String,
    pub number: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{repo}", sk = "PULL#{number}")]
pub struct Pull {
    pub owner: String,
    pub repo: String,
    pub number: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{repo}", sk = "STAR#{user}")]
pub struct Star {
    pub owner: String,
    pub repo: String,
    pub user: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "USER#{name}", sk = "USER")]
pub struct User {
    pub name: String,
}
