// An index is a unit struct.

use monotable::prelude::*;

#[derive(Index)]
struct ByTag {
    name: String,
}

fn main() {}
