// A key part is one value.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id {
    shop: u32,
    number: u32,
}

fn main() {}
