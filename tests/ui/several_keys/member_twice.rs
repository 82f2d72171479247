// Two members of one access pattern.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::forks)]
    forks: Vec<Repo>,
    #[member(Repo::forks)]
    more: Vec<Repo>,
}

fn main() {}
