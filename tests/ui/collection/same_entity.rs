// Two members hold items of one entity.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Twice {
    stars: Vec<Star>,
    others: Vec<Star>,
}

fn main() {}
