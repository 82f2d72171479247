// What a serde function stores is not known.

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
#[access(by_region, index = ByRegion, pk(region), sk(score))]
struct Match {
    id: String,
    region: String,
    round: u32,
    #[serde(with = "as_text")]
    score: u32,
}

mod as_text {
    pub fn serialize<S: serde::Serializer>(value: &u32, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
        <String as serde::Deserialize>::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

async fn used<B: monotable::Backend>(cups: Table<Cup, B>, one: Match) -> monotable::Result<()> {
    one.put().send(&cups).await?;
    Match::by_region("north").all(&cups).await?;
    Ok(())
}

fn main() {}
