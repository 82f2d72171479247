// There is no list of all orders: it would read the whole table.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use orders::model::{Order, Shop};

async fn report<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) {
    let _ = Order::all(shop).await;
}

fn main() {}
