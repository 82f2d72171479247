// There is no such option.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
#[collection(gsi = ByOwner)]
struct WithStars {
    repo: Repo,
    stars: Vec<Star>,
}

fn main() {}
