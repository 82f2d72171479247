// No entity.

use monotable::prelude::*;

#[derive(KeySpace)]
enum Account {}

fn main() {}
