//! What is done when an item has changed: the sales of each day are kept up to date.

use crate::model::{Order, Sale, Shop, Status};
use monotable::prelude::*;
use monotable::{Backend, Change, Result};

/// Writes or deletes the sale of an order that has changed.
///
/// A change can come twice, and this can be done twice: the key of a sale is made of its order.
pub async fn apply<B: Backend>(shop: &Table<Shop, B>, change: &Change<Shop>) -> Result<()> {
    match (paid(change.old_item()), paid(change.new_item())) {
        (_, Some(order)) => sale(order).put().send(shop).await,
        (Some(order), None) => sale(order).delete().send(shop).await,
        (None, None) => Ok(()),
    }
}

/// Returns the order, if the item is one that is paid. The sales are in the table, too.
fn paid(item: Option<&Shop>) -> Option<&Order> {
    match item? {
        Shop::Order(order) if order.status == Status::Paid => Some(order),
        _ => None,
    }
}

fn sale(order: &Order) -> Sale {
    let Order { placed_at, customer_id, order_id, total_cents, .. } = order.clone();
    Sale { placed_at, customer_id, order_id, total_cents }
}
