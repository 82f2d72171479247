// A key space is an enum.

use monotable::prelude::*;

#[derive(KeySpace)]
struct Account;

fn main() {}
