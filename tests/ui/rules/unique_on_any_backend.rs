use monotable::backend::ServesIndexes;
use monotable::prelude::*;
use monotable::{Backend, Table};

#[path = "../club.rs"]
mod club;
use club::{ByPlace, ByState, Club};

fn open<B: Backend + ServesIndexes<(((), ByPlace), ByState)>>(backend: B) -> Table<Club, B> {
    Club::on(backend)
}

fn main() {}
