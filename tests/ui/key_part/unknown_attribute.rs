// An unknown attribute is refused.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
#[key_part(name = "id")]
struct Id(String);

fn main() {}
