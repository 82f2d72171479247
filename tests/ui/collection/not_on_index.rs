// A member has no key on the index.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Index)]
struct ByOwner;

#[derive(Collection)]
#[collection(index = ByOwner)]
struct OfOwner {
    repos: Vec<Repo>,
}

fn main() {}
