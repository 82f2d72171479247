// What is written under one name is read under the same.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
enum Kind {
    Text,
    #[serde(rename(serialize = "img", deserialize = "image"))]
    Image,
}

fn main() {}
