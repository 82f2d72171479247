// A projection that includes nothing is one of keys.

use monotable::prelude::*;

#[derive(Index)]
#[index(projection = include())]
struct ByTag;

fn main() {}
