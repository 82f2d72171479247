// There are three projections.

use monotable::prelude::*;

#[derive(Index)]
#[index(projection = some)]
struct ByTag;

fn main() {}
