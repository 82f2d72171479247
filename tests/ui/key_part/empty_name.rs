// A key part is not empty.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
enum Kind {
    Text,
    #[serde(rename = "")]
    None,
}

fn main() {}
