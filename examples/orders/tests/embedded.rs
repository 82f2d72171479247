//! The handlers on the embedded store: what they do, and how many requests they make.

mod support;

use jiff::Timestamp;
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;
use orders::error::Error;
use orders::handlers;
use orders::model::{Receipt, Shop, Status};
use support::{customer, new_order, placed};

fn shop() -> Table<Shop, Recorder<Embedded>> {
    Shop::on(Recorder::new(Embedded::in_memory()))
}

#[tokio::test]
async fn an_order_goes_its_way() {
    support::an_order_goes_its_way(&shop()).await;
}

#[tokio::test]
async fn each_handler_makes_one_request() {
    let shop = shop();
    // Checks what a handler has sent, and shows it if it was something else.
    let sent = |operation| {
        let requests = shop.backend().take();
        assert_eq!(requests.operations(), [operation], "{requests}");
    };
    handlers::register(&shop, &customer("C001", "ada@example.com")).await.unwrap();
    sent(Operation::TransactWrite); // the customer and the guard of the e-mail address
    handlers::place(&shop, &new_order("C001", "ORD-001"), Timestamp::now()).await.unwrap();
    sent(Operation::TransactWrite);
    let page = handlers::orders_of(&shop, "C001", None).await.unwrap();
    sent(Operation::Query);
    let paid = handlers::pay(&shop, &page.orders[0]).await.unwrap();
    sent(Operation::Update);
    handlers::open_orders(&shop, Status::Paid).await.unwrap();
    sent(Operation::Query);
    handlers::lines(&shop, "ORD-001").await.unwrap();
    sent(Operation::Query);

    // What can be refused without the store costs no request.
    let refused = handlers::pay(&shop, &paid).await;
    assert!(matches!(refused, Err(Error::OrderChanged)), "{refused:?}");
    assert_eq!(shop.backend().take().len(), 0);
}

/// Each page costs what its own orders cost, however many there are in all.
#[tokio::test]
async fn orders_are_read_by_page() {
    let shop = shop();
    handlers::register(&shop, &customer("C001", "ada@example.com")).await.unwrap();
    for number in 0..45 {
        placed(&shop, "C001", &format!("ORD-{number:03}")).await;
    }
    shop.backend().take();
    let (mut sizes, mut seen, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let page = handlers::orders_of(&shop, "C001", after.as_deref()).await.unwrap();
        sizes.push(page.orders.len());
        seen.extend(page.orders.into_iter().map(|order| order.order_id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [20, 20, 5]);
    assert!(seen.is_sorted_by(|newer, older| newer > older), "{seen:?}");
    let requests = shop.backend().take();
    assert_eq!(requests.len(), 3, "{requests}");
    assert!(requests.iter().all(|call| call.cost().read_units <= 1.0), "{requests}");
}

#[tokio::test]
async fn cursors_of_others_are_refused() {
    let shop = shop();
    for (customer_id, email) in [("C001", "ada@example.com"), ("C002", "eve@example.com")] {
        handlers::register(&shop, &customer(customer_id, email)).await.unwrap();
        for number in 0..21 {
            placed(&shop, customer_id, &format!("{customer_id}-{number:03}")).await;
        }
    }
    let next = handlers::orders_of(&shop, "C001", None).await.unwrap().next.unwrap();
    for cursor in ["nonsense", &next] {
        let refused = handlers::orders_of(&shop, "C002", Some(cursor)).await;
        assert!(matches!(refused, Err(Error::BadCursor)), "{refused:?}");
    }
}

/// After its time, a receipt is as good as deleted, even if the store still has it.
#[tokio::test]
async fn a_receipt_expires() {
    let shop = shop();
    handlers::register(&shop, &customer("C001", "ada@example.com")).await.unwrap();
    let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
    handlers::place(&shop, &new_order("C001", "ORD-001"), long_ago).await.unwrap();
    let receipt = Receipt::get("request of ORD-001").send(&shop).await.unwrap();
    assert_eq!(receipt, None);
    placed(&shop, "C001", "ORD-002").await;
    let receipt = Receipt::get("request of ORD-002").send(&shop).await.unwrap();
    assert_eq!(receipt.map(|receipt| receipt.order_id).as_deref(), Some("ORD-002"));
}
