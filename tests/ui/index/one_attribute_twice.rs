// The index keeps its keys in two attributes.

use monotable::prelude::*;

#[derive(Index)]
#[index(pk = "tag", sk = "tag")]
struct ByTag;

fn main() {}
