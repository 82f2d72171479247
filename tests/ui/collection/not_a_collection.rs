// The struct does not derive `Collection`.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;
use monotable::Backend;

struct WithStars {
    repo: Repo,
    stars: Vec<Star>,
}

async fn run<B: Backend>(hub: Table<Hub, B>) -> monotable::Result<()> {
    let _ = WithStars::of(Repo::partition("ann", "a")).send(&hub).await?;
    Ok(())
}

fn main() {}
