//! Creating tables: `DescribeTable`, `CreateTable` and `UpdateTimeToLive`.

use crate::support::{Answer, PLAIN, SHOP, backend, ok, refusal, target};
use monotable_core::Backend as _;
use monotable_core::request::CreateTable;
use serde_json::{Value as Json, json};

pub(crate) fn missing() -> Answer {
    refusal("ResourceNotFoundException", "Requested resource not found")
}

pub(crate) fn keys(pk: &str, sk: &str) -> Json {
    json!([
        { "AttributeName": pk, "KeyType": "HASH" },
        { "AttributeName": sk, "KeyType": "RANGE" }
    ])
}

fn attributes() -> Json {
    ["pk", "sk", "apk", "ask", "kpk", "ksk", "spk", "ssk"]
        .map(|name| json!({ "AttributeName": name, "AttributeType": "S" }))
        .into_iter()
        .collect()
}

/// The declared indexes of `SHOP`.
fn indexes() -> [Json; 3] {
    [
        json!({
            "IndexName": "all",
            "KeySchema": keys("apk", "ask"),
            "Projection": { "ProjectionType": "ALL" }
        }),
        json!({
            "IndexName": "keys",
            "KeySchema": keys("kpk", "ksk"),
            "Projection": { "ProjectionType": "KEYS_ONLY" }
        }),
        json!({
            "IndexName": "some",
            "KeySchema": keys("spk", "ssk"),
            "Projection": {
                "ProjectionType": "INCLUDE",
                "NonKeyAttributes": ["_type", "name", "total", "expires"]
            }
        }),
    ]
}

/// `SHOP` as DynamoDB describes it.
pub(crate) fn shop(status: &str, index_status: &str) -> Json {
    let indexes = indexes().map(|mut index| {
        index["IndexStatus"] = index_status.into();
        index
    });
    json!({ "Table": {
        "TableName": "shop-test",
        "TableStatus": status,
        "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": attributes(),
        "GlobalSecondaryIndexes": indexes
    } })
}

#[tokio::test]
async fn a_table_that_is_not_there_is_made() {
    let (backend, wire) = backend([
        missing(),
        ok(json!({})),
        missing(),
        ok(shop("CREATING", "CREATING")),
        ok(shop("ACTIVE", "CREATING")),
        ok(shop("ACTIVE", "ACTIVE")),
        ok(json!({})),
    ]);
    backend.create_table(CreateTable::new(&SHOP)).await.unwrap();
    let sent = wire.sent();
    let describe = (target("DescribeTable"), json!({ "TableName": "shop-test" }));
    assert_eq!(sent[0], describe);
    assert_eq!(
        sent[1],
        (
            target("CreateTable"),
            json!({
                "TableName": "shop-test",
                "AttributeDefinitions": attributes(),
                "KeySchema": keys("pk", "sk"),
                "GlobalSecondaryIndexes": indexes(),
                "BillingMode": "PAY_PER_REQUEST"
            })
        )
    );
    assert_eq!(sent[2..6], vec![describe; 4]);
    let ttl = json!({ "AttributeName": "expires", "Enabled": true });
    assert_eq!(
        sent[6],
        (
            target("UpdateTimeToLive"),
            json!({ "TableName": "shop-test", "TimeToLiveSpecification": ttl })
        )
    );
    let pauses: Vec<_> = wire.pauses().iter().map(std::time::Duration::as_millis).collect();
    assert_eq!(pauses, [250, 500, 1000, 2000]);
}

#[tokio::test]
async fn a_table_without_indexes_and_expiry() {
    let there = json!({ "Table": {
        "TableStatus": "ACTIVE",
        "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": attributes()
    } });
    let (backend, wire) = backend([missing(), ok(json!({})), ok(there)]);
    backend.create_table(CreateTable::new(&PLAIN)).await.unwrap();
    let text = |name: &str| json!({ "AttributeName": name, "AttributeType": "S" });
    assert_eq!(wire.sent().len(), 3);
    assert_eq!(
        wire.sent()[1].1,
        json!({
            "TableName": "shop-test",
            "AttributeDefinitions": [text("pk"), text("sk")],
            "KeySchema": keys("pk", "sk"),
            "BillingMode": "PAY_PER_REQUEST"
        })
    );
}

#[tokio::test]
async fn two_that_make_it_at_once() {
    let (backend, _) = backend([
        missing(),
        refusal("ResourceInUseException", "Table is being created: shop-test"),
        ok(shop("ACTIVE", "ACTIVE")),
        refusal("ValidationException", "TimeToLive is already enabled"),
    ]);
    backend.create_table(CreateTable::new(&SHOP)).await.unwrap();
}

#[tokio::test]
async fn a_table_that_is_there_is_left_as_it_is() {
    let mut wide = shop("UPDATING", "ACTIVE");
    let indexes = wide["Table"]["GlobalSecondaryIndexes"].as_array_mut().unwrap();
    // An index may project all attributes, in any order, and there may be additional indexes.
    indexes[1]["Projection"] = json!({ "ProjectionType": "ALL" });
    indexes[2]["Projection"]["NonKeyAttributes"] = json!(["total", "expires", "name", "_type"]);
    let mut other = indexes[0].clone();
    other["IndexName"] = "other".into();
    other["IndexStatus"] = "CREATING".into();
    indexes.push(other);
    let (backend, wire) = backend([ok(wide), ok(crate::expiry::ttl("ENABLED", "expires"))]);
    backend.create_table(CreateTable::new(&SHOP)).await.unwrap();
    assert_eq!(wire.sent().len(), 2);
    let described = json!({ "TableName": "shop-test" });
    assert_eq!(wire.sent()[1], (target("DescribeTimeToLive"), described));
}

/// The message about an existing table that differs from the declared one.
async fn refused(change: impl FnOnce(&mut Json)) -> String {
    let mut found = shop("ACTIVE", "ACTIVE");
    change(&mut found["Table"]);
    let (backend, wire) = backend([ok(found)]);
    let error = backend.create_table(CreateTable::new(&SHOP)).await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error}");
    assert_eq!(wire.sent().len(), 1);
    error.to_string()
}

#[tokio::test]
async fn a_table_that_differs_is_refused() {
    let message = refused(|table| table["KeySchema"][1]["AttributeName"] = "range".into()).await;
    let wanted = "table `shop-test` in DynamoDB differs from the declared `Shop`: the table's keys \
                  are `pk` (HASH, S), `range` (RANGE, ?) in DynamoDB and `pk` (HASH, S), `sk` \
                  (RANGE, S) in the declaration; nothing was changed.";
    assert!(message.starts_with(wanted), "{message}");

    let number = |table: &mut Json| table["AttributeDefinitions"][1]["AttributeType"] = "N".into();
    let message = refused(number).await;
    assert!(message.contains("are `pk` (HASH, S), `sk` (RANGE, N) in DynamoDB"), "{message}");

    let message = refused(|table| {
        table["GlobalSecondaryIndexes"].as_array_mut().unwrap().remove(0);
    })
    .await;
    assert!(message.contains("index `all` is declared but does not exist"), "{message}");

    let message = refused(|table| {
        let indexes = &mut table["GlobalSecondaryIndexes"];
        indexes[0]["Projection"] = json!({ "ProjectionType": "KEYS_ONLY" });
        indexes[1]["KeySchema"].as_array_mut().unwrap().remove(1);
        indexes[2]["Projection"]["NonKeyAttributes"] = json!(["_type", "name"]);
    })
    .await;
    for part in [
        "index `all` projects only keys in DynamoDB and all attributes in the declaration",
        "the keys of index `keys` are `kpk` (HASH, S) in DynamoDB and `kpk` (HASH, S), `ksk` (RANGE, S)",
        "index `some` projects keys and `_type`, `name` in DynamoDB and keys and `_type`, `expires`, \
         `name`, `total` in the declaration",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn a_table_that_never_can_be_used() {
    let status = |status| ok(shop(status, "ACTIVE"));
    let (backend, _) = backend([status("DELETING"), status("ARCHIVED")]);
    let error = backend.create_table(CreateTable::new(&SHOP)).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let error = backend.create_table(CreateTable::new(&SHOP)).await.unwrap_err();
    assert!(error.is_unavailable() && error.to_string().contains("ARCHIVED"), "{error}");
}

#[tokio::test]
async fn waiting_ends() {
    let answers = (0..1000).map(|_| ok(shop("CREATING", "CREATING")));
    let (backend, wire) = backend(answers);
    let error = backend.create_table(CreateTable::new(&SHOP)).await.unwrap_err();
    assert!(error.is_unavailable() && error.to_string().contains("10 minutes"), "{error}");
    let waited: std::time::Duration = wire.pauses().iter().sum();
    assert!((600..606).contains(&waited.as_secs()), "{waited:?}");
}
