// There can be several items of the entity.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Newest {
    star: Star,
}

fn main() {}
