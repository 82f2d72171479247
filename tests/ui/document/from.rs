// A document is stored as its own fields.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
#[serde(from = "String")]
struct Address {
    zip: String,
}

impl From<String> for Address {
    fn from(zip: String) -> Self {
        Address { zip }
    }
}

fn main() {}
