// What is flattened has names that the document does not know.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Address {
    zip: String,
    #[serde(flatten)]
    more: std::collections::HashMap<String, String>,
}

fn main() {}
