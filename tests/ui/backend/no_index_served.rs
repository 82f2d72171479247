use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Shop;
#[path = "../remote.rs"]
mod remote;
use remote::Remote;

// The handle was given none of the table's indexes.
fn open(remote: Remote) {
    let _shop = Shop::on(remote);
}

fn main() {}
