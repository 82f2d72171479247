//! Transactions in one partition.

use crate::smoke::{Customer, Order, Shop};
use crate::support::{Emulator, fault};
use azure_data_cosmos::fault_injection::{FaultInjectionErrorType as Error, FaultOperationType};
use monotable::prelude::*;
use monotable_cosmos::Cosmos;

async fn shop() -> (Emulator, Table<Shop, Cosmos>) {
    let emulator = Emulator::start().await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container));
    customer().put().send(&shop).await.unwrap();
    emulator.requests();
    (emulator, shop)
}

fn customer() -> Customer {
    Customer { id: "C1".into(), name: "Zoë".into(), orders: 0 }
}

fn order(id: &str) -> Order {
    Order { id: "C1".into(), order_id: id.into(), note: None, total: 1.5 }
}

#[tokio::test]
async fn a_transaction_is_one_batch() {
    let (emulator, shop) = shop().await;
    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    let transaction = shop.transaction_in(Customer::partition("C1"));
    transaction.add(order("1").create()).add(order("2").put()).add(count).send().await.unwrap();
    let requests = emulator.requests();
    assert_eq!(requests.len(), 2, "{requests:?}");
    assert!(requests[0].starts_with("GET /dbs/db/colls/shop/docs/PROFILE\n"), "{requests:?}");
    let batch = &requests[1];
    assert!(batch.contains("x-ms-cosmos-is-batch-request: True"), "{batch}");
    assert!(batch.contains("x-ms-cosmos-batch-atomic: True"), "{batch}");
    let kinds = ["Create", "Upsert", "Replace"].map(|kind| format!(r#""operationType":"{kind}""#));
    assert!(kinds.iter().all(|kind| batch.matches(kind.as_str()).count() == 1), "{batch}");
    assert_eq!(batch.matches(r#""ifMatch":"#).count(), 1, "{batch}");
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 1);
    assert_eq!(Order::by_customer("C1").count(&shop).await.unwrap(), 2);
}

#[tokio::test]
async fn a_refused_write_is_named_and_nothing_is_written() {
    let (_emulator, shop) = shop().await;
    order("2").put().send(&shop).await.unwrap();
    let transaction = || shop.transaction_in(Customer::partition("C1")).add(order("1").create());
    // By the service: its siblings have the status 424.
    let error = transaction().add(order("2").create()).send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert!(error.reasons()[0].is_none());
    let reason = error.reasons()[1].as_ref().unwrap();
    assert!(reason.is_condition_failed(), "{reason}");
    assert_eq!(reason.current::<Order>(), Some(&order("2")));
    // By a condition.
    let check = Customer::key("C1").check().when(Customer::ORDERS.ge(5));
    let error = transaction().add(check).send().await.unwrap_err();
    let reason = error.reasons()[1].as_ref().unwrap();
    assert!(reason.is_condition_failed() && reason.current() == Some(&customer()), "{reason}");
    assert_eq!(Order::get("C1", "1").send(&shop).await.unwrap(), None);
}

#[tokio::test]
async fn every_refused_write_is_named() {
    let (_emulator, shop) = shop().await;
    for id in ["1", "2"] {
        order(id).put().send(&shop).await.unwrap();
    }
    let creates = || {
        let transaction = shop.transaction_in(Customer::partition("C1"));
        transaction.add(order("1").create()).add(order("3").create()).add(order("2").create())
    };
    let check = Customer::key("C1").check().when(Customer::ORDERS.ge(5));
    // The service names the first of two, and it is not asked if a condition does not hold.
    for transaction in [creates(), creates().add(check)] {
        let error = transaction.send().await.unwrap_err();
        let reasons = error.reasons();
        for (at, id) in [(0, "1"), (2, "2")] {
            let reason = reasons[at].as_ref().unwrap();
            assert!(reason.is_condition_failed(), "{error}");
            assert_eq!(reason.current::<Order>(), Some(&order(id)));
        }
        assert!(reasons[1].is_none(), "{error}");
        let others = reasons.iter().skip(3).flatten();
        assert!(others.clone().all(|reason| reason.is_condition_failed()), "{error}");
        assert_eq!(others.count(), reasons.len() - 3);
    }
    assert_eq!(Order::by_customer("C1").count(&shop).await.unwrap(), 2);
}

/// An update that is not possible on its item is a reason beside the others.
#[tokio::test]
async fn a_write_that_is_not_possible_is_named() {
    let (_emulator, shop) = shop().await;
    order("1").put().send(&shop).await.unwrap();
    let transaction = shop.transaction_in(Customer::partition("C1"));
    let update = Order::key("C1", "1").update().set(Order::NOTE, "y".repeat(2_100_000));
    let check = Customer::key("C1").check().when(Customer::ORDERS.ge(5));
    let error = transaction.add(check).add(update).send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert!(error.reasons()[0].as_ref().unwrap().is_condition_failed(), "{error}");
    assert!(error.reasons()[1].as_ref().unwrap().is_too_large(), "{error}");
}

/// An item has changed since, so that its condition does not hold, but others show that the transaction was made.
#[tokio::test]
async fn a_transaction_that_is_sent_again_is_recognised_by_any_item() {
    let (_emulator, shop) = shop().await;
    let count = || Customer::key("C1").update().increment(Customer::ORDERS, 1);
    let first = count().when(Customer::ORDERS.eq(0));
    let transaction = shop.transaction_in(Customer::partition("C1")).add(order("1").put());
    let transaction = transaction.add(first);
    transaction.clone().send().await.unwrap();
    count().when(Customer::ORDERS.eq(1)).send(&shop).await.unwrap();
    transaction.send().await.unwrap();
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 2);
}

#[tokio::test]
async fn what_is_missing_stays_missing() {
    let (emulator, shop) = shop().await;
    let transaction = || shop.transaction_in(Customer::partition("C1")).add(order("1").put());
    let check = Order::key("C1", "9").check().when(Order::TOTAL.absent());
    let error = transaction().add(check).send().await.unwrap_err();
    assert!(error.reasons()[1].as_ref().unwrap().is_not_found(), "{error}");
    emulator.requests();
    transaction().add(Order::key("C1", "9").delete()).send().await.unwrap();
    let batch = emulator.requests().pop().unwrap();
    assert!(batch.contains(r#"{"operationType":"Delete","id":"ORDER~9"}"#), "{batch}");
    assert_eq!(Order::get("C1", "9").send(&shop).await.unwrap(), None);
}

/// An update and a check send the whole item.
#[tokio::test]
async fn what_is_larger_than_a_batch_is_not_sent() {
    let (emulator, shop) = shop().await;
    for id in ["1", "2", "3"] {
        let note = Some("x".repeat(800_000));
        Order { note, ..order(id) }.put().send(&shop).await.unwrap();
    }
    emulator.requests();
    let two = || {
        let transaction = shop.transaction_in(Customer::partition("C1"));
        let transaction = transaction.add(Order::key("C1", "1").update().set(Order::TOTAL, 2.0));
        transaction.add(Order::key("C1", "2").check().when(Order::TOTAL.eq(1.5)))
    };
    two().send().await.unwrap();
    assert_eq!(emulator.requests().len(), 3);
    let transaction = two().add(Order::key("C1", "3").update().set(Order::TOTAL, 2.0));
    let error = transaction.send().await.unwrap_err();
    assert!(error.is_too_large(), "{error}");
    assert!(error.to_string().contains("has 2400"), "{error}");
    assert_eq!(emulator.requests().len(), 3);
}

#[tokio::test]
async fn a_transaction_that_is_sent_again_is_made_once() {
    let (_emulator, shop) = shop().await;
    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    let transaction =
        shop.transaction_in(Customer::partition("C1")).add(order("1").create()).add(count);
    transaction.clone().send().await.unwrap();
    transaction.send().await.unwrap();
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 1);
}

/// Other writes with the same token are refused, whatever part of them is the same.
#[tokio::test]
async fn a_token_belongs_to_its_writes() {
    let (_emulator, shop) = shop().await;
    let customer = Customer { id: "C1".into(), name: "Zoë".into(), orders: 0 };
    customer.put().send(&shop).await.unwrap();
    let count = |by| Customer::key("C1").update().increment(Customer::ORDERS, by);
    let transaction = || shop.transaction_in(Customer::partition("C1")).idempotency_token("m#1");
    for _ in 0..2 {
        transaction().add(count(1)).send().await.unwrap();
    }
    let order = Order { id: "C1".into(), order_id: "O1".into(), note: None, total: 1.0 };
    for other in [transaction().add(count(1000)), transaction().add(count(1)).add(order.create())] {
        let error = other.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
        assert!(error.to_string().contains("`m#1`"), "{error}");
    }
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 1);
    assert_eq!(Order::get("C1", "O1").send(&shop).await.unwrap(), None);
    // The token of another transaction is the beginning of this one.
    let other = shop.transaction_in(Customer::partition("C1")).idempotency_token("m");
    other.add(count(2)).send().await.unwrap();
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 3);
}

/// A token is a text of the user, and it must not become a part of the document.
#[tokio::test]
async fn a_token_has_any_characters() {
    let (_emulator, shop) = shop().await;
    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    for (made, token) in (1..).zip([r#"",""#, r#"","name":"Eve"#, "\\", "\n\u{0}", "é😀"]) {
        let transaction = shop.transaction_in(Customer::partition("C1")).add(count.clone());
        let transaction = transaction.idempotency_token(token);
        transaction.clone().send().await.unwrap();
        transaction.send().await.unwrap();
        let expected = Customer { orders: made, ..customer() };
        assert_eq!(Customer::get("C1").send(&shop).await.unwrap(), Some(expected), "{token:?}");
    }
}

#[tokio::test]
async fn a_transaction_whose_answer_is_lost_is_made_once() {
    let lost = fault(FaultOperationType::BatchItem, Error::ResponseTimeoutAfterService, 1);
    let emulator = Emulator::with_faults(vec![lost.clone()]).await;
    let shop = Shop::on(Cosmos::new(emulator.container("shop", "/pk").await));
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    let transaction = shop.transaction_in(Customer::partition("C1"));
    transaction.add(order("1").create()).add(count).send().await.unwrap();
    assert_eq!(lost.hit_count(), 1);
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 1);
}

/// A check replaces the item by itself, and it is still the one that the transaction has written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_whose_answer_is_lost_is_recognised_after_a_check() {
    let lost = fault(FaultOperationType::BatchItem, Error::ResponseTimeoutAfterService, 1);
    let emulator = Emulator::with_faults(vec![lost.clone()]).await;
    let shop = Shop::on(Cosmos::new(emulator.container("shop", "/pk").await));
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let other = shop.transaction_in(Customer::partition("C1"));
    let other = other.add(Customer::key("C1").check().when(Customer::ORDERS.eq(1)));
    emulator.interrupt("POST", 1, async move { other.send().await.unwrap() });
    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    shop.transaction_in(Customer::partition("C1")).add(count).send().await.unwrap();
    assert_eq!(lost.hit_count(), 1);
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn transactions_of_many_tasks_are_atomic() {
    const TASKS: u32 = 8;
    const EACH: u32 = 10;
    let (_emulator, shop) = shop().await;
    order("0").put().send(&shop).await.unwrap();
    let tasks = (0..TASKS).map(|task| {
        let shop = shop.clone();
        tokio::spawn(async move {
            for n in 0..EACH {
                loop {
                    let count = Customer::key("C1").update().increment(Customer::ORDERS, 1);
                    let order = order(&format!("{task}-{n}"));
                    let transaction = shop.transaction_in(Customer::partition("C1"));
                    match transaction.add(order.create()).add(count).send().await {
                        Ok(()) => break,
                        Err(error) => assert!(error.is_retryable(), "{error}"),
                    }
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(Customer::get("C1").send(&shop).await.unwrap().unwrap().orders, TASKS * EACH);
    let count = Order::by_customer("C1").count(&shop).await.unwrap();
    assert_eq!(count, usize::try_from(TASKS * EACH).unwrap() + 1);
}

#[tokio::test]
async fn items_are_read_together() {
    let (emulator, shop) = shop().await;
    order("1").put().send(&shop).await.unwrap();
    emulator.requests();
    let partition = || Customer::partition("C1");
    let gets = (Customer::get("C1"), Order::get("C1", "1"));
    let (found, one) = shop.transact_get_in(partition(), gets).send().await.unwrap();
    assert_eq!((found, one), (Some(customer()), Some(order("1"))));
    assert_eq!(emulator.requests().len(), 1);
    let gets = (Customer::get("C1"), Order::get("C1", "9"));
    let (found, one) = shop.transact_get_in(partition(), gets).send().await.unwrap();
    assert_eq!((found, one), (Some(customer()), None));
}
