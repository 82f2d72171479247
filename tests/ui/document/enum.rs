// Only the fields of a struct have one name each.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
enum Address {
    Street { name: String },
    Box { number: u32 },
}

fn main() {}
