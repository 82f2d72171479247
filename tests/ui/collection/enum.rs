// A collection is a struct.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
enum Things {
    Repo(Repo),
}

fn main() {}
