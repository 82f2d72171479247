use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[path = "../remote.rs"]
mod remote;
use remote::Remote;

#[derive(Index)]
#[index(attributes)]
pub struct ByRegion;

#[derive(Table)]
#[table(indexes(ByRegion))]
pub enum Rounds {
    Round(Round),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Rounds, pk = "ROUND#{id}", sk = "ROUND")]
#[access(by_region, index = ByRegion, pk(region), sk(round))]
pub struct Round {
    pub id: String,
    pub region: String,
    pub round: u32,
}

// This backend has no such indexes.
fn open(remote: Remote) {
    let _rounds = Rounds::on(remote);
}

fn main() {}
