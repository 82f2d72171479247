// The condition is about an entity which is no member.

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
    let all = WithStars::of(Repo::partition("ann", "a"));
    let _ = all.filter(Issue::NUMBER.gt(1)).send(&hub).await?;
    Ok(())
}

fn main() {}
