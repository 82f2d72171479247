// A collection is read from a partition.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::Backend;
use monotable::prelude::*;

#[derive(Collection)]
struct WithStars {
    repo: Repo,
    stars: Vec<Star>,
}

async fn run<B: Backend>(hub: Table<Hub, B>) -> monotable::Result<()> {
    let _ = WithStars::of("ann", "a").send(&hub).await?;
    Ok(())
}

fn main() {}
