// There can be several forks in a partition.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::forks)]
    fork: Option<Repo>,
}

fn main() {}
