// Opening a store can fail.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn main() {
    let _ = Shop::on(Embedded::open("shop.db"));
}
