// An argument has the type of the field.

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

async fn used<B: monotable::Backend>(cups: Table<Cup, B>, one: Match) -> monotable::Result<()> {
    one.put().send(&cups).await?;
    Match::by_region(7).all(&cups).await?;
    Ok(())
}

fn main() {}
