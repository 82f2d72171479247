// One of them is a slip.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid, Paid)]
    Placed,
    Paid,
}

fn main() {}
