// The members are known.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Things<T> {
    things: Vec<T>,
}

fn main() {}
