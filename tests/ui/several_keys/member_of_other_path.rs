// The access pattern is on the primary key, and the collection is not.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::by_name)]
    repo: Option<Repo>,
    watches: Vec<Watch>,
}

fn main() {}
