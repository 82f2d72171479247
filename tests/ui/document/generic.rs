// A document is one type.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Pair<T> {
    one: T,
}

fn main() {}
