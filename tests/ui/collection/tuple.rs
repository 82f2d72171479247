// The members have names.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

#[derive(Collection)]
struct Things(Repo, Vec<Star>);

fn main() {}
