// A projection is a word.

use monotable::prelude::*;

#[derive(Index)]
#[index(projection = "all")]
struct ByTag;

fn main() {}
