// The type of a member is no entity.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Nested {
    stars: Vec<Vec<Star>>,
}

fn main() {}
