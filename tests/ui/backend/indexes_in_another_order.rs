use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::{Gsi1, Gsi2, Shop};
#[path = "../remote.rs"]
mod remote;
use remote::Remote;

// The indexes are those of the table, in another order.
fn open() {
    let remote = Remote::new().index(Gsi2).index(Gsi1);
    let _shop = Shop::on(remote);
}

fn main() {}
