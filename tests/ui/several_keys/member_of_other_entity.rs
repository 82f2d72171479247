// The access pattern is one of another entity.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Watch::watches)]
    forks: Vec<Repo>,
}

fn main() {}
