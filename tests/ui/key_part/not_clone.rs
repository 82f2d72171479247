// A key part can be cloned.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize, KeyPart)]
struct Id(String);

fn main() {}
