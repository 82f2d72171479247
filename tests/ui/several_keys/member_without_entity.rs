// An access pattern is named with its entity.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(forks)]
    forks: Vec<Repo>,
}

fn main() {}
