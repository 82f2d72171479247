// The attribute is a mark.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[initial(true)]
    #[next(Paid)]
    Placed,
    Paid,
}

fn main() {}
