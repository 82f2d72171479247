// The constant of the state would be hidden by the variant.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
enum Check {
    #[next(KYC)]
    Begun,
    KYC,
}

fn main() {}
