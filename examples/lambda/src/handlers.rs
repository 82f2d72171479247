//! What the shop does: one function for each thing, generic over the backend.

mod refused;

pub use refused::Refused;

use crate::model::{Customer, Order, Sale, Shop, Status};
use jiff::Timestamp;
use jiff::civil::Date;
use monotable::coordination::Rate;
use monotable::prelude::*;
use monotable::{Advanced, Cursor, Transactions};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a request can be repeated and still places one order.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
const A_MINUTE: Duration = Duration::from_secs(60);
/// The most orders of a customer in a minute.
const ORDERS_A_MINUTE: u64 = 20;
/// The most orders of one page.
const PAGE: usize = 20;

pub type Result<T> = std::result::Result<T, Refused>;

/// What a customer orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewOrder {
    pub order_id: String,
    pub total_cents: u64,
}

/// A page of orders, newest first.
#[derive(Debug, PartialEq, Serialize)]
pub struct OrderPage {
    pub orders: Vec<Order>,
    /// A text that a client sends back for the next page, if there may be one.
    pub next: Option<String>,
}

/// Registers a customer.
pub async fn register<B>(shop: &Table<Shop, B>, customer_id: &str, name: &str) -> Result<Customer>
where
    B: Transactions,
{
    let (customer_id, name) = (customer_id.to_owned(), name.to_owned());
    let customer = Customer { customer_id, name, orders: 0 };
    match customer.create().send(shop).await {
        Ok(()) => Ok(customer),
        Err(error) if error.is_condition_failed() => Err(Refused::CustomerExists),
        Err(error) => Err(error.into()),
    }
}

/// Places an order and counts it, once for each request: a request that is repeated gets the order of the first time.
///
/// `request` is chosen by the client, and is the same if the client sends its request again.
pub async fn place<B>(
    shop: &Table<Shop, B>,
    customer_id: &str,
    request: &str,
    new: &NewOrder,
) -> Result<Order>
where
    B: Transactions,
{
    let limit = shop.rate_limit("place", customer_id, ORDERS_A_MINUTE, A_MINUTE);
    if let Rate::Exceeded { retry_after } = limit.take(1).await? {
        return Err(Refused::TooManyOrders { retry_after });
    }
    // The record that the request is done is in the same commit as the order.
    let placed = shop
        .once_in(Customer::partition(customer_id), "place", request, A_DAY)
        .payload(new)
        .in_transaction()
        .run(async |writes| {
            let order = Order {
                customer_id: customer_id.to_owned(),
                order_id: new.order_id.clone(),
                status: Status::Placed,
                placed_at: Timestamp::now(),
                total_cents: new.total_cents,
                payment_id: None,
            };
            let count = Customer::key(customer_id).update().increment(Customer::ORDERS, 1);
            Ok::<_, monotable::Error>((writes.add(count).add(order.create()), order))
        })
        .await;
    placed.map_err(|failed| Refused::placing(failed.into()))
}

/// Notes that an order was paid, and returns it. The message of a payment can come twice.
pub async fn pay<B>(
    shop: &Table<Shop, B>,
    customer_id: &str,
    order_id: &str,
    payment_id: &str,
) -> Result<Order>
where
    B: Transactions,
{
    let key = Order::key(customer_id, order_id);
    let step = key
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT_ID, payment_id)
        .idempotency_token(payment_id);
    match step.send(shop).await {
        Ok(Advanced::Now | Advanced::Already) => {}
        Err(error) if error.is_not_found() => return Err(Refused::NoOrder),
        Err(error) if error.is_wrong_state() => return Err(Refused::NotPayable),
        Err(error) => return Err(error.into()),
    }
    let order = Order::get(customer_id, order_id).consistent().send(shop).await?;
    order.ok_or(Refused::NoOrder)
}

/// Reads a page of a customer's orders. `after` is the `next` of the page before.
pub async fn orders<B>(
    shop: &Table<Shop, B>,
    customer_id: &str,
    after: Option<&str>,
) -> Result<OrderPage>
where
    B: Transactions,
{
    let mut query = Order::by_customer(customer_id).descending().page_size(PAGE);
    if let Some(after) = after {
        query = query.after(after.parse::<Cursor>()?);
    }
    let page = query.page(shop).await?;
    Ok(OrderPage { orders: page.items, next: page.cursor.map(|cursor| cursor.to_string()) })
}

/// Reads all orders that are not paid, oldest first.
pub async fn unpaid<B>(shop: &Table<Shop, B>) -> Result<Vec<Order>>
where
    B: Transactions,
{
    Ok(Order::by_status(Status::Placed).all(shop).await?)
}

/// What was sold on a day.
#[derive(Debug, PartialEq, Serialize)]
pub struct Sales {
    pub orders: usize,
    pub total_cents: u64,
}

/// Adds up what was sold on a day, in UTC.
pub async fn sales<B>(shop: &Table<Shop, B>, day: Date) -> Result<Sales>
where
    B: Transactions,
{
    let sales = Sale::of_day(day).all(shop).await?;
    let cents = sales.iter().map(|sale| sale.total_cents);
    Ok(Sales { orders: sales.len(), total_cents: cents.fold(0, u64::saturating_add) })
}
