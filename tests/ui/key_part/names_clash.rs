// Two variants would be one key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
enum Kind {
    Text,
    #[serde(rename = "Text")]
    Plain,
}

fn main() {}
