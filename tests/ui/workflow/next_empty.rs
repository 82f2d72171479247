// A final state has no attribute.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    #[next]
    Paid,
}

fn main() {}
