// The access patterns are on an index, which the collection does not name.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
struct Family {
    #[member(Repo::forks)]
    forks: Vec<Repo>,
}

fn main() {}
