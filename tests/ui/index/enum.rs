// An index is no enum.

use monotable::prelude::*;

#[derive(Index)]
enum ByTag {
    Tag,
}

fn main() {}
