use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Shop;

// No variable of the environment says where the embedded store is.
static SHOP: Warm<Table<Shop, Embedded>> = Warm::from_env();

fn main() {
    println!("{SHOP:?}");
}
