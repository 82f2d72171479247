// No step leads to this state.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[adds(Order::PAYMENT_ID)]
    #[next(Paid)]
    Placed,
    Paid,
}

fn main() {}
