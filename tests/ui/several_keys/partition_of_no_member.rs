// The partition is that of a key which is no member, on the table.

#[path = "../network.rs"]
mod network;

use monotable::prelude::*;
use network::*;

#[derive(Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::forks)]
    forks: Vec<Repo>,
    #[member(Repo::origin)]
    origin: Option<Repo>,
}

fn read() {
    let _ = Family::of(Repo::partition("ann", "lib"));
}

fn main() {}
