use monotable::prelude::*;

#[path = "../shop.rs"]
mod shop;
use shop::Shop;

async fn connect() -> monotable::Result<Table<Shop, Embedded>> {
    Ok(Shop::on(Embedded::in_memory()))
}

// The type of an async function's future has no name, so it has to be in a box.
static SHOP: Warm<Table<Shop, Embedded>> = Warm::new(|| connect());

fn main() {
    println!("{SHOP:?}");
}
