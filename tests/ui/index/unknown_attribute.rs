// The nearest is suggested.

use monotable::prelude::*;

#[derive(Index)]
#[index(nam = "by_tag")]
struct ByTag;

fn main() {}
