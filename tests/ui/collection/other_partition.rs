// The members are in different partitions.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct WithOwner {
    repo: Repo,
    owner: Option<User>,
}

fn main() {}
