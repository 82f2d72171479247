// A collection is read by `send`.

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
    let _ = WithStars::of(Repo::partition("ann", "a")).all(&hub).await?;
    Ok(())
}

fn main() {}
