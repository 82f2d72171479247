// What is stored under one name is one field.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Address {
    zip: String,
    #[serde(rename = "zip")]
    code: String,
}

fn main() {}
