//! Faults of the service and of the network: nothing is lost, and nothing is done twice.

use crate::smoke::{Customer, Order, Shop};
use crate::support::{Emulator, fault};
use azure_data_cosmos::fault_injection::FaultInjectionErrorType as Error;
use azure_data_cosmos::fault_injection::{
    CustomResponseBuilder, FaultInjectionConditionBuilder, FaultInjectionResultBuilder,
    FaultInjectionRule, FaultInjectionRuleBuilder, FaultOperationType as Operation,
};
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use std::sync::Arc;

/// A table whose fault begins when the rule is enabled.
async fn shop(rule: &Arc<FaultInjectionRule>) -> (Emulator, Table<Shop, Cosmos>) {
    let emulator = Emulator::with_faults(vec![rule.clone()]).await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container));
    (emulator, shop)
}

fn customer() -> Customer {
    Customer { id: "C1".into(), name: "Zoë".into(), orders: 1 }
}

async fn stored(shop: &Table<Shop, Cosmos>) -> Option<Customer> {
    Customer::get("C1").send(shop).await.unwrap()
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_one_create() {
    let lost = fault(Operation::CreateItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    lost.enable();
    customer().create().send(&shop).await.unwrap();
    assert_eq!(lost.hit_count(), 1);
    assert_eq!(stored(&shop).await, Some(customer()));
    // The same item is not taken for its own write.
    let error = customer().create().send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error}");
}

#[tokio::test]
async fn a_put_whose_answer_is_lost_is_made() {
    let lost = fault(Operation::UpsertItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    lost.enable();
    customer().put().send(&shop).await.unwrap();
    assert_eq!((lost.hit_count(), stored(&shop).await), (1, Some(customer())));
}

#[tokio::test]
async fn a_replace_whose_answer_is_lost_is_made_once() {
    let lost = fault(Operation::ReplaceItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let update = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    // The item as it was before is known, although it is read again.
    let old = update.when(Customer::NAME.eq("Zoë")).returning_old().send(&shop).await.unwrap();
    assert_eq!(old, customer());
    assert_eq!((lost.hit_count(), stored(&shop).await.unwrap().orders), (1, 2));
}

/// Another writer changes the item as soon as the request knows that its lost write was made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replace_that_was_recognised_is_not_made_again() {
    let lost = fault(Operation::ReplaceItem, Error::ResponseTimeoutAfterService, 1);
    let (emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let increment = |by| Customer::key("C1").update().increment(Customer::ORDERS, by);
    let (other, update) = (shop.clone(), increment(10).when(Customer::NAME.eq("Zoë")));
    emulator.interrupt("GET", 2, async move { update.send(&other).await.map(drop).unwrap() });
    increment(1).when(Customer::NAME.eq("Zoë")).send(&shop).await.unwrap();
    assert_eq!(lost.hit_count(), 1);
    assert_eq!(stored(&shop).await.unwrap().orders, 12);
}

/// Another client deletes what a create has made as soon as the create knows that it was made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_create_that_was_recognised_is_not_made_again() {
    let lost = fault(Operation::CreateItem, Error::ResponseTimeoutAfterService, 1);
    let (emulator, shop) = shop(&lost).await;
    lost.enable();
    let other = shop.clone();
    let delete = async move { Customer::key("C1").delete().send(&other).await.map(drop).unwrap() };
    emulator.interrupt("GET", 1, delete);
    customer().create().send(&shop).await.unwrap();
    assert_eq!(lost.hit_count(), 1);
    assert_eq!(stored(&shop).await, None);
}

#[tokio::test]
async fn an_increment_whose_answer_is_lost_is_not_sent_again() {
    let lost = fault(Operation::PatchItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let update = Customer::key("C1").update().increment(Customer::ORDERS, 1);
    let error = update.send(&shop).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!((lost.hit_count(), stored(&shop).await.unwrap().orders), (1, 2));
}

#[tokio::test]
async fn a_set_whose_answer_is_lost_is_sent_again() {
    let lost = fault(Operation::PatchItem, Error::ResponseTimeoutAfterService, 1);
    let (emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    Customer::key("C1").update().set(Customer::NAME, "Ann").send(&shop).await.unwrap();
    assert_eq!((lost.hit_count(), stored(&shop).await.unwrap().name.as_str()), (1, "Ann"));
    // No property of the SDK is left in the document.
    let text = Order::by_customer("C1").all(&shop).await.map(|_| emulator.requests().join("\n"));
    assert!(!text.unwrap().contains("_azsdk"));
}

#[tokio::test]
async fn a_delete_whose_answer_is_lost() {
    let lost = fault(Operation::DeleteItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    Customer::key("C1").delete().send(&shop).await.unwrap();
    assert_eq!((lost.hit_count(), stored(&shop).await), (1, None));
}

#[tokio::test]
async fn nobody_knows_who_made_a_conditional_delete_whose_answer_is_lost() {
    let lost = fault(Operation::DeleteItem, Error::ResponseTimeoutAfterService, 1);
    let (_emulator, shop) = shop(&lost).await;
    customer().put().send(&shop).await.unwrap();
    lost.enable();
    let delete = Customer::key("C1").delete().when(Customer::ORDERS.eq(1));
    let error = delete.send(&shop).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!((lost.hit_count(), stored(&shop).await), (1, None));
}

/// The SDK sends the request again after each of these.
#[tokio::test]
async fn passing_faults_are_not_seen() {
    let operations = [Operation::UpsertItem, Operation::ReadItem, Operation::QueryItem];
    let errors = [Error::TooManyRequests, Error::RetryWith, Error::ServiceUnavailable];
    for (operation, error) in operations.into_iter().flat_map(|it| errors.map(|error| (it, error)))
    {
        // Only writes have this one.
        if error == Error::RetryWith && operation != Operation::UpsertItem {
            continue;
        }
        let rule = fault(operation, error, 1);
        let (_emulator, shop) = shop(&rule).await;
        rule.enable();
        customer().put().send(&shop).await.unwrap();
        assert_eq!(stored(&shop).await, Some(customer()), "{operation:?} {error:?}");
        assert_eq!(Order::by_customer("C1").count(&shop).await.unwrap(), 0);
        assert_eq!(rule.hit_count(), 1, "{operation:?} {error:?}");
    }
}

/// A rule that answers the next read as a replica does that lags behind: with this document, or with none.
fn lagging(document: Option<serde_json::Value>) -> Arc<FaultInjectionRule> {
    let answer = match document {
        Some(document) => CustomResponseBuilder::new(200.into())
            .with_header("etag", r#""old""#)
            .with_body(document.to_string()),
        None => CustomResponseBuilder::new(404.into()).with_body("{}"),
    };
    let condition = FaultInjectionConditionBuilder::new().with_operation_type(Operation::ReadItem);
    let result = FaultInjectionResultBuilder::new().with_custom_response(answer.build()).build();
    let rule = FaultInjectionRuleBuilder::new("lagging", result).with_condition(condition.build());
    let rule = rule.with_hit_limit(1).build();
    rule.disable();
    Arc::new(rule)
}

/// The customer as it was before its last write.
fn before() -> Option<serde_json::Value> {
    Some(serde_json::json!({
        "id": "PROFILE", "pk": "CUSTOMER#C1", "sk": "PROFILE", "_type": "Customer",
        "id_": "C1", "name": "Zoë", "orders": 0,
    }))
}

#[tokio::test]
async fn a_condition_is_not_refused_because_of_an_old_document() {
    for document in [before(), None] {
        let old = lagging(document);
        let (emulator, shop) = shop(&old).await;
        customer().put().send(&shop).await.unwrap();
        emulator.requests();
        old.enable();
        let update = Customer::key("C1").update().set(Customer::NAME, "Ann");
        update.when(Customer::ORDERS.eq(1)).send(&shop).await.unwrap();
        assert_eq!((old.hit_count(), stored(&shop).await.unwrap().name.as_str()), (1, "Ann"));
        let sent = emulator.requests();
        assert!(sent[0].contains("strategy: LatestCommitted"), "{sent:?}");
    }
}

#[tokio::test]
async fn a_delete_is_not_left_out_because_of_an_old_read() {
    let old = lagging(None);
    let (_emulator, shop) = shop(&old).await;
    customer().put().send(&shop).await.unwrap();
    old.enable();
    let deleted = Customer::key("C1").delete().returning_old().send(&shop).await.unwrap();
    assert_eq!((old.hit_count(), deleted), (1, Some(customer())));
    assert_eq!(stored(&shop).await, None);
}

#[tokio::test]
async fn a_transaction_is_not_refused_because_of_an_old_document() {
    for document in [before(), None] {
        let old = lagging(document);
        let (_emulator, shop) = shop(&old).await;
        customer().put().send(&shop).await.unwrap();
        old.enable();
        let order = Order { id: "C1".into(), order_id: "1".into(), note: None, total: 1.0 };
        let check = Customer::key("C1").check().when(Customer::ORDERS.eq(1));
        let transaction = shop.transaction_in(Customer::partition("C1"));
        transaction.add(order.create()).add(check).send().await.unwrap();
        assert_eq!(
            (old.hit_count(), Order::get("C1", "1").send(&shop).await.unwrap()),
            (1, Some(order))
        );
    }
}

#[tokio::test]
async fn pages_are_complete_if_a_partition_is_split() {
    let emulator = Emulator::start().await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container));
    for n in 0..60 {
        let order = Order { id: "C1".into(), order_id: format!("{n:02}"), note: None, total: 1.0 };
        order.put().send(&shop).await.unwrap();
    }
    let mut partitions = vec![0, 1];
    let (mut ids, mut cursor, mut pages) = (Vec::new(), None, 0);
    loop {
        let query = Order::by_customer("C1").page_size(7);
        let page = match cursor {
            Some(cursor) => query.after(cursor).page(&shop).await.unwrap(),
            None => query.page(&shop).await.unwrap(),
        };
        ids.extend(page.items.into_iter().map(|order| order.order_id));
        pages += 1;
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
        if pages % 3 == 0 {
            emulator.split_all("shop", &mut partitions).await;
        }
    }
    assert_eq!(ids, (0..60).map(|n| format!("{n:02}")).collect::<Vec<_>>());
    assert!(pages >= 9);
}
