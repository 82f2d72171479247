// A member has to be there, and another entity can be there instead.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Everything {
    user: User,
    org: Option<Org>,
    issues: Vec<Issue>,
}

fn main() {}
