use monotable::backend::AllIndexes;
use monotable::prelude::*;
use monotable::{Backend, Table};

#[path = "../club.rs"]
mod club;
use club::Club;

fn open<B: Backend<Indexes = AllIndexes>>(backend: B) -> Table<Club, B> {
    Club::on(backend)
}

fn main() {}
