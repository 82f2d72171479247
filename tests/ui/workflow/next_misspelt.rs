// There is no such state.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Payed)]
    Placed,
    Paid,
}

fn main() {}
