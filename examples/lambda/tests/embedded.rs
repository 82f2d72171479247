//! The handlers on the embedded store, without a server: what they refuse, and how many requests they make.

use lambda::handlers::{self, NewOrder, Refused};
use lambda::model::{Customer, Shop, Status};
use monotable::prelude::*;
use monotable::testing::Recorder;

fn new(order_id: &str, total_cents: u64) -> NewOrder {
    NewOrder { order_id: order_id.to_owned(), total_cents }
}

#[tokio::test]
async fn a_repeated_request_places_one_order() {
    let recorder = Recorder::new(Embedded::in_memory());
    let shop = Shop::on(recorder.clone());
    handlers::register(&shop, "C001", "Ada").await.unwrap();
    recorder.take();
    let placed = handlers::place(&shop, "C001", "r-1", &new("ORD-001", 4_500)).await.unwrap();
    // The rate limit, the record, and one transaction.
    assert_eq!(recorder.take().len(), 3);
    let again = handlers::place(&shop, "C001", "r-1", &new("ORD-001", 4_500)).await.unwrap();
    assert_eq!((placed.status, &again), (Status::Placed, &placed));
    // The rate limit and the record.
    assert_eq!(recorder.take().len(), 2);
    assert_eq!(Customer::get("C001").send(&shop).await.unwrap().unwrap().orders, 1);
    let page = handlers::orders(&shop, "C001", None).await.unwrap();
    assert_eq!(page.orders, [placed]);
}

#[tokio::test]
async fn what_is_refused() {
    let shop = Shop::on(Embedded::in_memory());
    let place = async |customer: &str, request: &str, order: &str| {
        handlers::place(&shop, customer, request, &new(order, 100)).await
    };
    handlers::register(&shop, "C001", "Ada").await.unwrap();
    let twice = handlers::register(&shop, "C001", "Eve").await;
    assert!(matches!(twice, Err(Refused::CustomerExists)));
    assert!(matches!(place("C002", "r-1", "ORD-001").await, Err(Refused::NoCustomer)));
    place("C001", "r-1", "ORD-001").await.unwrap();
    assert!(matches!(place("C001", "r-2", "ORD-001").await, Err(Refused::OrderExists)));
    assert!(matches!(place("C001", "r-1", "ORD-002").await, Err(Refused::OtherRequest)));
    assert!(matches!(place("C001", "", "ORD-002").await, Err(Refused::BadRequest(_))));
    for _ in 0..2 {
        let paid = handlers::pay(&shop, "C001", "ORD-001", "pay-1").await.unwrap();
        assert_eq!(paid.status, Status::Paid);
    }
    let other = handlers::pay(&shop, "C001", "ORD-001", "pay-2").await;
    assert!(matches!(other, Err(Refused::NotPayable)));
    assert!(matches!(handlers::pay(&shop, "C001", "x", "pay-2").await, Err(Refused::NoOrder)));
    assert_eq!(handlers::unpaid(&shop).await.unwrap(), []);
}

#[tokio::test]
async fn a_customer_has_twenty_orders_a_minute() {
    let shop = Shop::on(Embedded::in_memory());
    handlers::register(&shop, "C001", "Ada").await.unwrap();
    // Two minutes can meet here, so the limit is met within twice as many.
    let mut refused = None;
    for order in 0..41 {
        let id = format!("ORD-{order:03}");
        match handlers::place(&shop, "C001", &id, &new(&id, 100)).await {
            Ok(_) => {}
            Err(error) => {
                refused = Some((order, error));
                break;
            }
        }
    }
    let Some((orders @ 20..=40, Refused::TooManyOrders { .. })) = refused else {
        panic!("{refused:?}")
    };
    let first = handlers::orders(&shop, "C001", None).await.unwrap();
    assert_eq!(first.orders.len(), 20.min(orders));
}
