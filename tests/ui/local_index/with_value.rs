// An index is local or not, which needs no value.

use monotable::prelude::*;

#[derive(Index)]
#[index(local = true)]
struct ByTag;

fn main() {}
