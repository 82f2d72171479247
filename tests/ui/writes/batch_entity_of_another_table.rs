// A batch is of one table.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::*;
use monotable::Backend;
use monotable::prelude::*;
use shop::*;

fn run<B: Backend>(shop: &Table<Shop, B>, session: &Session) {
    let _ = shop.batch().add(session.delete());
}

fn main() {}
