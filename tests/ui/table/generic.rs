// A table is not generic.

use monotable::prelude::*;

#[derive(Debug, Table)]
enum Notes<T> {
    Note(T),
}

fn main() {}
