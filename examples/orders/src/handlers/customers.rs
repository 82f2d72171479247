//! Registering customers.

use crate::error::{Error, Result};
use crate::model::{Customer, Shop};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;

/// Registers a customer, in one request.
pub async fn register<B>(shop: &Table<Shop, B>, customer: &Customer) -> Result<()>
where
    B: CrossPartitionTransactions,
{
    match customer.create().send(shop).await {
        Err(error) if error.is_unique_violation() => Err(Error::EmailTaken),
        other => Ok(other?),
    }
}
