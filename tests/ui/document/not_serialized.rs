// What a document holds is stored.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Address {
    zip: Zip,
}

#[derive(Debug, Clone, Deserialize)]
struct Zip(String);

fn main() {}
