// The name of an access pattern is misspelt.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::frks)]
    forks: Vec<Repo>,
}

fn main() {}
