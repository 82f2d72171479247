// An enum has no fields, and so no marker that a parameter could be for.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
enum State<const N: usize> {
    Open,
    Done,
}

fn main() {}
