// An index has a name.

use monotable::prelude::*;

#[derive(Index)]
#[index(name = "")]
struct ByTag;

fn main() {}
