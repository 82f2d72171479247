use monotable::prelude::*;
use monotable::Table;

#[path = "../shop.rs"]
mod shop;
use shop::{Gsi1, Shop};
#[path = "../remote.rs"]
mod remote;
use remote::Remote;

// The handle was given one of the table's two indexes.
fn open() -> Table<Shop, Remote<((), Gsi1)>> {
    Shop::on(Remote::new().index(Gsi1))
}

fn main() {}
