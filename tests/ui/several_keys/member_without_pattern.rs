// An entity with several keys on the index has a member for each.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    repos: Vec<Repo>,
}

fn main() {}
