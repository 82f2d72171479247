//! Reading orders.

use crate::error::{Error, Result};
use crate::model::{Line, Order, Shop, Status};
use monotable::CrossPartitionTransactions;
use monotable::Cursor;
use monotable::prelude::*;

/// The most orders of one page.
const PAGE: usize = 20;

/// A page of orders, newest first.
#[derive(Debug)]
pub struct OrderPage {
    pub orders: Vec<Order>,
    /// A text that a client sends back for the next page, if there may be one.
    pub next: Option<String>,
}

/// Reads a page of a customer's orders, in one request. `after` is the `next` of the page before.
pub async fn orders_of<B>(
    shop: &Table<Shop, B>,
    customer_id: &str,
    after: Option<&str>,
) -> Result<OrderPage>
where
    B: CrossPartitionTransactions,
{
    let mut query = Order::by_customer(customer_id).descending().page_size(PAGE);
    if let Some(after) = after {
        query = query.after(after.parse::<Cursor>().map_err(|_| Error::BadCursor)?);
    }
    match query.page(shop).await {
        Ok(page) => {
            Ok(OrderPage { orders: page.items, next: page.cursor.map(|cursor| cursor.to_string()) })
        }
        // A cursor comes from outside. One of another customer's page is refused before it is sent.
        Err(error) if error.is_invalid_cursor() => Err(Error::BadCursor),
        Err(error) => Err(error.into()),
    }
}

/// Reads all open orders of a status, oldest first.
pub async fn open_orders<B>(shop: &Table<Shop, B>, status: Status) -> Result<Vec<Order>>
where
    B: CrossPartitionTransactions,
{
    Ok(Order::open(status).all(shop).await?)
}

/// Reads the lines of an order.
pub async fn lines<B>(shop: &Table<Shop, B>, order_id: &str) -> Result<Vec<Line>>
where
    B: CrossPartitionTransactions,
{
    Ok(Line::in_order(order_id).all(shop).await?)
}
