// What a step adds is in fields of the entity.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize, Workflow)]
enum Status {
    #[next(Paid)]
    Placed,
    Paid {
        payment_id: String,
    },
}

fn main() {}
