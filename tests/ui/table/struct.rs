// A table is an enum.

use monotable::prelude::*;

#[derive(Debug, Table)]
struct Notes {
    name: String,
}

fn main() {}
