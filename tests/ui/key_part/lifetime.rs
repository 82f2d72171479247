// A key part owns its value.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id<'a>(&'a str);

fn main() {
    let _ = Id("a");
}
