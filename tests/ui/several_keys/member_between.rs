// The items of another key of a member's entity are between those of the members.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::forks)]
    forks: Vec<Repo>,
    watches: Vec<Watch>,
}

fn main() {}
