// Repositories with two keys on one index, which the tests of several keys use.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(indexes(Network))]
pub enum Hub {
    Repo(Repo),
    Watch(Watch),
}

#[derive(Index)]
pub struct Network;

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "REPO")]
#[access(by_name)]
#[access(forks, index = Network, pk = "NETWORK#{origin}#{name}", sk = "FORK#{owner}", when(origin = Some))]
#[access(origin, index = Network, pk = "NETWORK#{owner}#{name}", sk = "REPO", when(origin = None))]
pub struct Repo {
    pub owner: String,
    pub name: String,
    pub origin: Option<String>,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "WATCH#{user}")]
#[access(watches, index = Network, pk = "NETWORK#{owner}#{name}", sk = "WATCH#{user}")]
pub struct Watch {
    pub owner: String,
    pub name: String,
    pub user: String,
}
