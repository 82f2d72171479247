//! Checks that DynamoDB Local starts, and that it is new enough for the features of DynamoDB that
//! the backend uses.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, CancellationReason, GlobalSecondaryIndex,
    KeySchemaElement, KeyType, Projection, ProjectionType, Put,
    ReturnValuesOnConditionCheckFailure, ScalarAttributeType, TransactWriteItem,
};
use monotable::prelude::*;
use monotable::testing::dynamodb;
use monotable_tests::{Order, Shop, dynamodb_local, order};
use std::collections::{HashMap, HashSet};
use std::sync::Barrier;
use std::thread;

type Item = HashMap<String, AttributeValue>;

fn item(name: &str) -> Item {
    [("pk", "a"), ("sk", "b"), ("name", name)]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), AttributeValue::S(value.to_owned())))
        .collect()
}

fn attribute(name: &str) -> AttributeDefinition {
    AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S)
        .build()
        .unwrap()
}

fn key(name: &str, kind: KeyType) -> KeySchemaElement {
    KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap()
}

async fn create_table(store: &DynamoDb) {
    store
        .client()
        .create_table()
        .table_name(store.table_name())
        .attribute_definitions(attribute("pk"))
        .attribute_definitions(attribute("sk"))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
}

/// Returns whether there is a table with this name.
async fn exists(client: &Client, table: &str) -> bool {
    match client.describe_table().table_name(table).send().await {
        Ok(_) => true,
        Err(error) => {
            assert!(error.into_service_error().is_resource_not_found_exception());
            false
        }
    }
}

#[tokio::test]
async fn a_table_goes_when_it_is_closed() {
    let Some(shop) = dynamodb::table::<Shop>().await.unwrap() else { return };
    let store = shop.backend().clone();
    order("C", "O").create().send(&shop).await.unwrap();
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), 1);
    assert!(exists(store.client(), store.table_name()).await);
    shop.close().await.unwrap();
    assert!(!exists(store.client(), store.table_name()).await);
}

/// Dropping works on a runtime with a single thread, which it blocks, and while a test panics.
#[tokio::test]
async fn a_table_goes_when_it_is_dropped() {
    let Some(shop) = dynamodb::table::<Shop>().await.unwrap() else { return };
    let store = shop.backend().clone();
    drop(shop);
    assert!(!exists(store.client(), store.table_name()).await);

    let Some(shop) = dynamodb::table::<Shop>().await.unwrap() else { return };
    let store = shop.backend().clone();
    let panicking = tokio::spawn(async move {
        let _shop = shop;
        panic!("as a failed assertion does");
    });
    assert!(panicking.await.unwrap_err().is_panic());
    assert!(!exists(store.client(), store.table_name()).await);
}

/// A store whose table was never created, or is gone already, closes without an error.
#[tokio::test]
async fn a_missing_table_is_no_error_at_the_end() {
    let Some(store) = dynamodb_local().await else { return };
    assert!(!exists(store.client(), store.table_name()).await);
    store.close().await.unwrap();
}

/// The tests of a binary run on several threads, and each has a runtime of its own.
#[test]
fn all_threads_get_the_same_endpoint() {
    const THREADS: usize = 4;
    let start = Barrier::new(THREADS);
    let get = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        start.wait();
        runtime.block_on(dynamodb::endpoint()).unwrap()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(get)).collect();
        let endpoints = threads.into_iter().map(|thread| thread.join().unwrap());
        assert_eq!(endpoints.collect::<HashSet<_>>().len(), 1);
    });
}

#[tokio::test]
async fn a_failed_condition_returns_the_old_item() {
    let Some(store) = dynamodb_local().await else { return };
    create_table(&store).await;
    let (client, table) = (store.client(), store.table_name());
    let put = |name| {
        client
            .put_item()
            .table_name(table)
            .set_item(Some(item(name)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    };
    put("old").send().await.unwrap();
    let failed = put("new").send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(
        failed,
    ) = failed
    else {
        panic!("{failed:?}")
    };
    assert_eq!(failed.item, Some(item("old")));
}

#[tokio::test]
async fn a_cancelled_transaction_returns_the_old_item() {
    let Some(store) = dynamodb_local().await else { return };
    create_table(&store).await;
    let (client, table) = (store.client(), store.table_name());
    let stored = Some(item("old"));
    client.put_item().table_name(table).set_item(stored.clone()).send().await.unwrap();
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item("new")))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .unwrap();
    let write = TransactWriteItem::builder().put(put).build();
    let failed = client.transact_write_items().transact_items(write).send().await.unwrap_err();
    let failed = failed.into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        failed,
    ) = failed
    else {
        panic!("{failed:?}")
    };
    let items: Vec<Option<&Item>> =
        failed.cancellation_reasons().iter().map(CancellationReason::item).collect();
    assert_eq!(items, [stored.as_ref()]);
}

#[tokio::test]
async fn an_index_has_keys_of_several_attributes() {
    let Some(store) = dynamodb_local().await else { return };
    let (client, name) = (store.client(), store.table_name());
    let index = GlobalSecondaryIndex::builder()
        .index_name("by_name")
        .key_schema(key("name", KeyType::Hash))
        .key_schema(key("sk", KeyType::Hash))
        .key_schema(key("pk", KeyType::Range))
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()
        .unwrap();
    client
        .create_table()
        .table_name(name)
        .attribute_definitions(attribute("pk"))
        .attribute_definitions(attribute("sk"))
        .attribute_definitions(attribute("name"))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .global_secondary_indexes(index)
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
    client.put_item().table_name(name).set_item(Some(item("x"))).send().await.unwrap();
    let found = client
        .query()
        .table_name(name)
        .index_name("by_name")
        .key_condition_expression("#n = :n AND sk = :s AND begins_with(pk, :p)")
        .expression_attribute_names("#n", "name")
        .expression_attribute_values(":n", AttributeValue::S("x".into()))
        .expression_attribute_values(":s", AttributeValue::S("b".into()))
        .expression_attribute_values(":p", AttributeValue::S("a".into()))
        .send()
        .await
        .unwrap();
    assert_eq!(found.items(), [item("x")]);
}
