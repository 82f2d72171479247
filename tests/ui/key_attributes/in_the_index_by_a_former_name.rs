// Older items of the other entity are in the index, too.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
#[index(attributes)]
struct ByRegion;

#[derive(Table)]
#[table(indexes(ByRegion))]
enum Cup {
    Match(Match),
    Bye(Bye),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Cup, pk = "MATCH#{id}", sk = "MATCH")]
#[access(by_region, index = ByRegion, pk(region), sk(round))]
struct Match {
    id: String,
    region: String,
    round: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Cup, pk = "BYE#{id}", sk = "BYE")]
struct Bye {
    id: String,
    #[serde(alias = "region")]
    zone: Option<String>,
    round: u32,
}

fn main() {}
