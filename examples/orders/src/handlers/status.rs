//! Changing the status of an order.

use crate::error::{Error, Result};
use crate::model::{Order, Shop, Status};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;

/// Marks a loaded order as paid, in one request, and returns it with its new version.
///
/// If somebody else has changed the order since it was loaded, this changes nothing and fails.
pub async fn pay<B>(shop: &Table<Shop, B>, order: &Order) -> Result<Order>
where
    B: CrossPartitionTransactions,
{
    change(shop, order, Status::Placed, Status::Paid).await
}

/// Marks a loaded order as shipped, as [`pay`] does. It is then no longer open.
pub async fn ship<B>(shop: &Table<Shop, B>, order: &Order) -> Result<Order>
where
    B: CrossPartitionTransactions,
{
    change(shop, order, Status::Paid, Status::Shipped).await
}

async fn change<B>(shop: &Table<Shop, B>, order: &Order, from: Status, to: Status) -> Result<Order>
where
    B: CrossPartitionTransactions,
{
    if order.status != from {
        return Err(Error::OrderChanged);
    }
    // The version is compared by the update of a loaded entity.
    match order.update().set(Order::STATUS, to).returning_new().send(shop).await {
        Err(error) if error.is_conflict() || error.is_not_found() => Err(Error::OrderChanged),
        other => Ok(other?),
    }
}
