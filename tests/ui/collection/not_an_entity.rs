// The type of a member is no entity.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Named {
    repo: Repo,
    name: String,
}

fn main() {}
