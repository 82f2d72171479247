// `document` says little.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
#[document(name = "address")]
struct Address {
    zip: String,
}

fn main() {}
