//! Checks that DynamoDB Local starts, and that it is new enough for the features of DynamoDB that
//! the backend uses.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, CancellationReason, GlobalSecondaryIndex,
    KeySchemaElement, KeyType, Projection, ProjectionType, Put,
    ReturnValuesOnConditionCheckFailure, ScalarAttributeType, TransactWriteItem,
};
use monotable_tests::dynamodb::{client, endpoint, table_name};
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

async fn create_table(client: &Client) -> String {
    let name = table_name();
    client
        .create_table()
        .table_name(&name)
        .attribute_definitions(attribute("pk"))
        .attribute_definitions(attribute("sk"))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
    name
}

#[tokio::test]
async fn a_table_comes_and_goes() {
    let Some(client) = client().await else { return };
    let table = create_table(&client).await;
    client.describe_table().table_name(&table).send().await.unwrap();
    client.delete_table().table_name(&table).send().await.unwrap();
    let gone = client.describe_table().table_name(&table).send().await.unwrap_err();
    assert!(gone.into_service_error().is_resource_not_found_exception());
}

/// The tests of a binary run on several threads, and each has a runtime of its own.
#[test]
fn all_threads_get_the_same_endpoint() {
    const THREADS: usize = 4;
    let start = Barrier::new(THREADS);
    let get = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        start.wait();
        runtime.block_on(endpoint())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(get)).collect();
        let endpoints = threads.into_iter().map(|thread| thread.join().unwrap());
        assert_eq!(endpoints.collect::<HashSet<_>>().len(), 1);
    });
}

#[tokio::test]
async fn a_failed_condition_returns_the_old_item() {
    let Some(client) = client().await else { return };
    let table = create_table(&client).await;
    let put = |name| {
        client
            .put_item()
            .table_name(&table)
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
    let Some(client) = client().await else { return };
    let table = create_table(&client).await;
    let stored = Some(item("old"));
    client.put_item().table_name(&table).set_item(stored.clone()).send().await.unwrap();
    let put = Put::builder()
        .table_name(&table)
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
    let Some(client) = client().await else { return };
    let name = table_name();
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
        .table_name(&name)
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
    client.put_item().table_name(&name).set_item(Some(item("x"))).send().await.unwrap();
    let found = client
        .query()
        .table_name(&name)
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
