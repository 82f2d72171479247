// A table has an entity.

use monotable::prelude::*;

#[derive(Debug, Table)]
enum Notes {}

fn main() {}
