// Batches check no versions.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::Backend;
use monotable::prelude::*;

fn run<B: Backend>(club: &Table<Club, B>, account: &Account) {
    let _ = club.batch().add(account.delete());
}

fn main() {}
