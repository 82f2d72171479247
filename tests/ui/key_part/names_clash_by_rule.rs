// Two variants would be one key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "lowercase")]
enum Kind {
    AB,
    Ab,
}

fn main() {}
