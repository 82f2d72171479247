// A collection has one of the entities that share their keys.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Everything {
    user: Option<User>,
    issues: Vec<Issue>,
}

fn main() {}
