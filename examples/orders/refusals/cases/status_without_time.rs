// The index is sorted by the time of the order, so a new status by key would leave the index stale.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use orders::model::{Order, Shop, Status};

async fn ship<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) -> monotable::Result<()> {
    Order::key("C001", "ORD-001").update().set(Order::STATUS, Status::Shipped).send(shop).await
}

fn main() {}
