// A local index has no attribute for the partition key.

use monotable::prelude::*;

#[derive(Index)]
#[index(name = "lsi1", pk = "lsi1pk", local)]
struct ByTag;

fn main() {}
