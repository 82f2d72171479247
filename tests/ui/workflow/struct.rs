// A workflow has several states.

use monotable::prelude::*;

#[derive(Workflow)]
struct Status {
    is_paid: bool,
}

fn main() {}
