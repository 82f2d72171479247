//! What the tests of both stores share: the data, and a test that is the same for both.

#![allow(dead_code, reason = "each test binary uses a part")]

use jiff::{SignedDuration, Timestamp};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use orders::error::Error;
use orders::handlers::{self, NewLine, NewOrder};
use orders::model::{Customer, Order, Shop, Status};

pub fn customer(customer_id: &str, email: &str) -> Customer {
    Customer { customer_id: customer_id.into(), email: email.into(), name: "Ada".into() }
}

pub fn new_order(customer_id: &str, order_id: &str) -> NewOrder {
    let line = |product_id: &str, quantity, price_cents| NewLine {
        product_id: product_id.into(),
        quantity,
        price_cents,
    };
    NewOrder {
        request_id: format!("request of {order_id}"),
        customer_id: customer_id.into(),
        order_id: order_id.into(),
        lines: vec![line("PROD-001", 2, 1_500), line("PROD-002", 1, 99)],
    }
}

/// Places an order that is expected to succeed, and loads it.
pub async fn placed<B>(shop: &Table<Shop, B>, customer_id: &str, order_id: &str) -> Order
where
    B: CrossPartitionTransactions,
{
    let new = new_order(customer_id, order_id);
    handlers::place(shop, &new, Timestamp::now()).await.unwrap();
    Order::get(customer_id, order_id).consistent().send(shop).await.unwrap().unwrap()
}

/// The way of an order through the shop, and what is refused on the way.
pub async fn an_order_goes_its_way<B>(shop: &Table<Shop, B>)
where
    B: CrossPartitionTransactions,
{
    handlers::register(shop, &customer("C001", "ada@example.com")).await.unwrap();
    let taken = handlers::register(shop, &customer("C002", "ada@example.com")).await;
    assert!(matches!(taken, Err(Error::EmailTaken)), "{taken:?}");
    let nobody = handlers::place(shop, &new_order("C002", "ORD-000"), Timestamp::now()).await;
    assert!(matches!(nobody, Err(Error::NoCustomer)), "{nobody:?}");

    let order = placed(shop, "C001", "ORD-001").await;
    assert_eq!((order.status, order.total_cents), (Status::Placed, 3_099));
    assert_eq!(handlers::lines(shop, "ORD-001").await.unwrap().len(), 2);

    // The same request again places nothing. Another request cannot take the id of the order.
    let new = new_order("C001", "ORD-001");
    handlers::place(shop, &new, Timestamp::now() + SignedDuration::from_secs(5)).await.unwrap();
    let other = NewOrder { request_id: "another".into(), ..new };
    let exists = handlers::place(shop, &other, Timestamp::now()).await;
    assert!(matches!(exists, Err(Error::OrderExists)), "{exists:?}");

    // Two clerks have loaded the order. The second one is told that it has changed.
    let paid = handlers::pay(shop, &order).await.unwrap();
    let again = handlers::pay(shop, &order).await;
    assert!(matches!(again, Err(Error::OrderChanged)), "{again:?}");

    // Only open orders are on the index, each under its status.
    let open = async |status| handlers::open_orders(shop, status).await.unwrap();
    assert_eq!(open(Status::Placed).await, []);
    assert_eq!(open(Status::Paid).await, std::slice::from_ref(&paid));
    let shipped = handlers::ship(shop, &paid).await.unwrap();
    assert_eq!(open(Status::Paid).await, []);
    let page = handlers::orders_of(shop, "C001", None).await.unwrap();
    assert_eq!((page.orders, page.next), (vec![shipped], None));
}
