// The states after a state are above its variant.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
#[next(Paid)]
enum Status {
    Placed,
    #[initial]
    Paid,
}

fn main() {}
