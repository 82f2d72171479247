// A document is stored as a map with its fields.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
#[serde(transparent)]
struct Address {
    zip: String,
}

fn main() {}
