// An entity with unique fields has no `put`, so there is one error and not two.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::Backend;
use monotable::prelude::*;

fn run<B: Backend>(club: &Table<Club, B>, member: &Member) {
    let _ = club.batch().add(member.put());
}

fn main() {}
