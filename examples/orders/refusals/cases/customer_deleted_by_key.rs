// A delete by key does not know the e-mail address, and would leave it taken.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use orders::model::{Customer, Shop};

async fn forget<B: CrossPartitionTransactions>(shop: &Table<Shop, B>) -> monotable::Result<()> {
    Customer::key("C001").delete().send(shop).await
}

fn main() {}
