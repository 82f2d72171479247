//! The application: functions that know the table, and no backend.

use crate::shop::{Account, Customer, Order, Session, Shop, Status};
use monotable::prelude::*;
use monotable::{Backend, Cursor, Result, Transactions};

/// Places an order of an existing customer, and counts it. Both are in the customer's partition, so one transaction
/// writes both or neither.
pub async fn place<B: Transactions>(shop: &Table<Shop, B>, order: &Order) -> Result<()> {
    let customer = Customer::key(&order.customer_id);
    shop.transaction_in(Customer::partition(&order.customer_id))
        .add(order.create())
        .add(customer.update().increment(Customer::ORDERS, 1))
        .send()
        .await
}

/// Pays an order that was loaded; an error if somebody else has changed it since.
pub async fn pay<B: Backend>(shop: &Table<Shop, B>, order: &Order) -> Result<Order> {
    order.update().set(Order::STATUS, Status::Paid).returning_new().send(shop).await
}

/// Ships an order if it is paid.
pub async fn ship<B: Backend>(shop: &Table<Shop, B>, customer: &str, order: &str) -> Result<()> {
    let change = |order: &mut Order| {
        if order.status == Status::Paid {
            order.status = Status::Shipped;
        }
    };
    Order::key(customer, order).update_with(change).send(shop).await?;
    Ok(())
}

/// Reads all open orders of a status, oldest first.
pub async fn open<B: Backend>(shop: &Table<Shop, B>, status: Status) -> Result<Vec<Order>> {
    Order::open(status).all(shop).await
}

/// Reads a page of a customer's orders, newest first, with a text for the next one.
pub async fn page<B: Backend>(
    shop: &Table<Shop, B>,
    customer: &str,
    after: Option<&str>,
) -> Result<(Vec<Order>, Option<String>)> {
    let mut query = Order::by_customer(customer).descending().consistent().page_size(2);
    if let Some(after) = after {
        query = query.after(after.parse::<Cursor>()?);
    }
    let page = query.page(shop).await?;
    Ok((page.items, page.cursor.map(|cursor| cursor.to_string())))
}

/// Reads a customer with all orders, in one request.
pub async fn account<B: Backend>(shop: &Table<Shop, B>, customer: &str) -> Result<Account> {
    Account::of(Customer::partition(customer)).consistent().send(shop).await
}

/// Reads a session that has not ended.
pub async fn session<B: Backend>(shop: &Table<Shop, B>, token: &str) -> Result<Option<Session>> {
    Session::get(token).consistent().send(shop).await
}
