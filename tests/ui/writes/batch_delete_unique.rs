// Batches write no guards.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::Backend;
use monotable::prelude::*;

fn run<B: Backend>(club: &Table<Club, B>, member: &Member) {
    let _ = club.batch().add(member.delete());
}

fn main() {}
