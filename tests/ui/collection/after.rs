// The next page of a collection is one of its list.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct WithStars {
    repo: Repo,
    stars: Vec<Star>,
}

async fn read<B: monotable::Backend>(hub: Table<Hub, B>) -> monotable::Result<()> {
    let _ = WithStars::of(Repo::partition("ann", "a")).limit(2).after("cursor").send(&hub).await?;
    Ok(())
}

fn main() {}
