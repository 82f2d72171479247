//! Local indexes: the JSON of `CreateTable` and of `Query`, and tables that differ.

use crate::support::{Answer, backend, key, ok, target};
use crate::tables::{keys, missing};
use monotable_core::Backend as _;
use monotable_core::key::Encoding;
use monotable_core::request::{CreateTable, Position, Query, SortKeys};
use monotable_core::schema::{IndexDef, Projection, TableDef};
use serde_json::{Value as Json, json};

static BY_TOTAL: IndexDef = IndexDef::new("total", ["", "tsk"], Projection::All).local();
static BY_NAME: IndexDef =
    IndexDef::new("name", ["", "nsk"], Projection::Include(&["name", "pk"])).local();
static GLOBAL: IndexDef = IndexDef::new("all", ["apk", "ask"], Projection::KeysOnly);
static SHOP: TableDef = TableDef::new(
    "Shop",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&BY_TOTAL, &GLOBAL, &BY_NAME],
    &[],
);

fn attributes() -> Json {
    ["pk", "sk", "tsk", "apk", "ask", "nsk"]
        .map(|name| json!({ "AttributeName": name, "AttributeType": "S" }))
        .into_iter()
        .collect()
}

fn global() -> Json {
    json!([{
        "IndexName": "all",
        "KeySchema": keys("apk", "ask"),
        "Projection": { "ProjectionType": "KEYS_ONLY" }
    }])
}

fn local() -> Json {
    json!([
        {
            "IndexName": "total",
            "KeySchema": keys("pk", "tsk"),
            "Projection": { "ProjectionType": "ALL" }
        },
        {
            "IndexName": "name",
            "KeySchema": keys("pk", "nsk"),
            "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["_type", "name"] }
        }
    ])
}

/// `SHOP` as DynamoDB describes it. Local indexes have no status.
fn shop(change: impl FnOnce(&mut Json)) -> Answer {
    let mut shop = json!({
        "TableStatus": "ACTIVE",
        "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": attributes(),
        "GlobalSecondaryIndexes": global(),
        "LocalSecondaryIndexes": local()
    });
    shop["GlobalSecondaryIndexes"][0]["IndexStatus"] = "ACTIVE".into();
    change(&mut shop);
    ok(json!({ "Table": shop }))
}

#[tokio::test]
async fn they_are_made_with_the_table() {
    let (backend, wire) = backend([missing(), ok(json!({})), shop(|_| {})]);
    backend.create_table(CreateTable::new(&SHOP)).await.unwrap();
    assert_eq!(
        wire.sent()[1],
        (
            target("CreateTable"),
            json!({
                "TableName": "shop-test",
                "AttributeDefinitions": attributes(),
                "KeySchema": keys("pk", "sk"),
                "GlobalSecondaryIndexes": global(),
                "LocalSecondaryIndexes": local(),
                "BillingMode": "PAY_PER_REQUEST"
            })
        )
    );
}

/// The message about an existing table that differs from the declared one.
async fn refused(change: impl FnOnce(&mut Json)) -> String {
    let (backend, wire) = backend([shop(change)]);
    let error = backend.create_table(CreateTable::new(&SHOP)).await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error}");
    assert_eq!(wire.sent().len(), 1);
    error.to_string()
}

#[tokio::test]
async fn they_cannot_be_added_to_a_table() {
    let late = "(DynamoDB makes a local index only together with its table, so make it global, or \
                copy the items to a new table)";
    let message = refused(|shop| {
        shop["LocalSecondaryIndexes"].as_array_mut().unwrap().remove(0);
    })
    .await;
    let wanted = format!("local index `total` is declared but does not exist {late}; nothing");
    assert!(message.contains(&wanted), "{message}");

    let message = refused(|shop| {
        let mut index = shop["LocalSecondaryIndexes"].as_array_mut().unwrap().remove(1);
        index["IndexStatus"] = "ACTIVE".into();
        shop["GlobalSecondaryIndexes"].as_array_mut().unwrap().push(index);
    })
    .await;
    let wanted = format!("index `name` is global in DynamoDB and declared as local {late}");
    assert!(message.contains(&wanted), "{message}");

    let message = refused(|shop| {
        let index = shop["GlobalSecondaryIndexes"].as_array_mut().unwrap().remove(0);
        shop["LocalSecondaryIndexes"].as_array_mut().unwrap().push(index);
    })
    .await;
    assert!(
        message.contains("index `all` is local in DynamoDB and declared as global"),
        "{message}"
    );
}

#[tokio::test]
async fn their_keys_and_projections_are_compared() {
    let message = refused(|shop| {
        let indexes = &mut shop["LocalSecondaryIndexes"];
        indexes[0]["KeySchema"][1]["AttributeName"] = "ask".into();
        indexes[1]["Projection"] = json!({ "ProjectionType": "KEYS_ONLY" });
    })
    .await;
    for part in [
        "the keys of index `total` are `pk` (HASH, S), `ask` (RANGE, S) in DynamoDB and `pk` \
         (HASH, S), `tsk` (RANGE, S) in the declaration",
        "index `name` projects only keys in DynamoDB and keys and `_type`, `name` in the declaration",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn a_consistent_query() {
    let mut query =
        Query::new(&SHOP, "Order", "by_total", "C#1".to_owned(), SortKeys::BeginsWith("T#".into()));
    query.index = Some(&BY_TOTAL);
    query.consistent = true;
    query.after = Some(Position::in_index("T#5".into(), key("C#1", "s")));
    let (backend, wire) = backend([ok(json!({
        "Items": [],
        "Count": 0,
        "ScannedCount": 2,
        "LastEvaluatedKey": {
            "pk": { "S": "C#1" }, "sk": { "S": "t" }, "tsk": { "S": "T#7" }
        }
    }))]);
    let page = backend.query(query).await.unwrap();
    assert_eq!(page.last, Some(Position::in_index("T#7".into(), key("C#1", "t"))));
    let (operation, body) = wire.only();
    assert_eq!(operation, target("Query"));
    assert_eq!(
        body,
        json!({
            "TableName": "shop-test",
            "IndexName": "total",
            "KeyConditionExpression": "#0 = :0 AND begins_with(#1, :1)",
            "ExpressionAttributeNames": { "#0": "pk", "#1": "tsk" },
            "ExpressionAttributeValues": { ":0": { "S": "C#1" }, ":1": { "S": "T#" } },
            "ConsistentRead": true,
            "ExclusiveStartKey": {
                "pk": { "S": "C#1" }, "sk": { "S": "s" }, "tsk": { "S": "T#5" }
            },
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}
