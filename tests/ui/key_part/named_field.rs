// A newtype has no named field.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id {
    number: u32,
}

fn main() {}
