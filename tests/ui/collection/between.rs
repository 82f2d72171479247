// The items of another entity are between those of the members.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct WithIssues {
    repo: Repo,
    issues: Vec<Issue>,
}

fn main() {}
