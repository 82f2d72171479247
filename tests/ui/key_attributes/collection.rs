// A collection covers sort keys, which attributes are not.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByRegion))]
enum Cup {
    Match(Match),
}

#[derive(Index)]
#[index(name = "by_region", attributes)]
struct ByRegion;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Cup, pk = "MATCH#{id}", sk = "MATCH")]
#[access(by_region, index = ByRegion, pk(region), sk(round))]
struct Match {
    id: String,
    region: String,
    round: u32,
}

#[derive(Debug, Collection)]
#[collection(index = ByRegion)]
struct Region {
    matches: Vec<Match>,
}

fn main() {}
