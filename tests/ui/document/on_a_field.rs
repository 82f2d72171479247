// What is said of the whole document stands above it.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Address {
    #[document(crate = "db")]
    zip: String,
}

fn main() {}
