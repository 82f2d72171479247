//! The JSON of `Query`, and its answers.

use crate::support::{ALL, PLAIN, SHOP, backend, key, ok, target};
use monotable_core::Backend as _;
use monotable_core::expr::{Comparison, Expr, Path};
use monotable_core::request::{Position, Query, Select, SortKeys};
use monotable_core::value::{Number, Value};
use serde_json::{Value as Json, json};
use std::num::NonZeroUsize;

fn query(sort: SortKeys) -> Query {
    Query::new(&SHOP, "Order", "by_customer", "CUSTOMER#1".to_owned(), sort)
}

/// The body that a query sends.
async fn sent(query: Query) -> Json {
    let (backend, wire) = backend([ok(json!({ "Count": 0, "ScannedCount": 0 }))]);
    backend.query(query).await.unwrap();
    let (operation, body) = wire.only();
    assert_eq!(operation, target("Query"));
    body
}

#[tokio::test]
async fn a_whole_partition() {
    assert_eq!(
        sent(query(SortKeys::All)).await,
        json!({
            "TableName": "shop-test",
            "KeyConditionExpression": "#0 = :0",
            "ExpressionAttributeNames": { "#0": "pk" },
            "ExpressionAttributeValues": { ":0": { "S": "CUSTOMER#1" } },
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}

#[tokio::test]
async fn sort_keys() {
    for (sort, condition, values) in [
        (
            SortKeys::Equals("a".into()),
            "#0 = :0 AND #1 = :1",
            json!({ ":0": { "S": "CUSTOMER#1" }, ":1": { "S": "a" } }),
        ),
        (
            SortKeys::BeginsWith("a".into()),
            "#0 = :0 AND begins_with(#1, :1)",
            json!({ ":0": { "S": "CUSTOMER#1" }, ":1": { "S": "a" } }),
        ),
        (
            SortKeys::Between("a".into(), "b".into()),
            "#0 = :0 AND #1 BETWEEN :1 AND :2",
            json!({ ":0": { "S": "CUSTOMER#1" }, ":1": { "S": "a" }, ":2": { "S": "b" } }),
        ),
    ] {
        let body = sent(query(sort)).await;
        assert_eq!(body["KeyConditionExpression"], condition);
        assert_eq!(body["ExpressionAttributeNames"], json!({ "#0": "pk", "#1": "sk" }));
        assert_eq!(body["ExpressionAttributeValues"], values);
    }
}

#[tokio::test]
async fn everything_at_once() {
    let mut query = query(SortKeys::BeginsWith("ORDER#".into()));
    query.descending = true;
    query.consistent = true;
    query.max_items = NonZeroUsize::new(25);
    query.select = Select::Count;
    query.after = Some(Position::in_table("ORDER#7".into()));
    let total = Value::Number(Number::from(100_u64));
    query.filter = Some(Expr::Compare(Path::attribute("total"), Comparison::Gt, total));
    assert_eq!(
        sent(query).await,
        json!({
            "TableName": "shop-test",
            "KeyConditionExpression": "#0 = :0 AND begins_with(#1, :1)",
            "FilterExpression": "#2 > :2",
            "ExpressionAttributeNames": { "#0": "pk", "#1": "sk", "#2": "total" },
            "ExpressionAttributeValues": {
                ":0": { "S": "CUSTOMER#1" },
                ":1": { "S": "ORDER#" },
                ":2": { "N": "100" }
            },
            "Select": "COUNT",
            "Limit": 25,
            "ScanIndexForward": false,
            "ConsistentRead": true,
            "ExclusiveStartKey": { "pk": { "S": "CUSTOMER#1" }, "sk": { "S": "ORDER#7" } },
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}

#[tokio::test]
async fn on_an_index() {
    let mut query = query(SortKeys::Equals("a".into()));
    query.index = Some(&ALL);
    query.after = Some(Position::in_index("a".into(), key("p", "s")));
    assert_eq!(
        sent(query).await,
        json!({
            "TableName": "shop-test",
            "IndexName": "all",
            "KeyConditionExpression": "#0 = :0 AND #1 = :1",
            "ExpressionAttributeNames": { "#0": "apk", "#1": "ask" },
            "ExpressionAttributeValues": { ":0": { "S": "CUSTOMER#1" }, ":1": { "S": "a" } },
            "ExclusiveStartKey": {
                "apk": { "S": "CUSTOMER#1" },
                "ask": { "S": "a" },
                "pk": { "S": "p" },
                "sk": { "S": "s" }
            },
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}

#[tokio::test]
async fn of_some_attributes() {
    let mut some = query(SortKeys::All);
    // `name` and `status` are reserved words. The key has one placeholder in all expressions.
    some.attributes = Some(["pk", "sk", "_type", "name", "status"].into());
    assert_eq!(
        sent(some.clone()).await,
        json!({
            "TableName": "shop-test",
            "KeyConditionExpression": "#0 = :0",
            "ProjectionExpression": "#0, #1, #2, #3, #4",
            "ExpressionAttributeNames": {
                "#0": "pk", "#1": "sk", "#2": "_type", "#3": "name", "#4": "status"
            },
            "ExpressionAttributeValues": { ":0": { "S": "CUSTOMER#1" } },
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
    // A count returns none.
    some.select = Select::Count;
    let body = sent(some).await;
    assert_eq!((&body["Select"], body.get("ProjectionExpression")), (&json!("COUNT"), None));
    assert_eq!(body["ExpressionAttributeNames"], json!({ "#0": "pk" }));
}

#[tokio::test]
async fn a_filter_that_never_holds_speaks_of_no_key() {
    let mut query = query(SortKeys::All);
    query.filter = Some(Expr::In(Path::attribute("pk"), vec![]));
    let body = sent(query).await;
    assert_eq!(body["FilterExpression"], "attribute_exists(#1) AND attribute_not_exists(#1)");
    assert_eq!(body["ExpressionAttributeNames"], json!({ "#0": "pk", "#1": "_type" }));
}

#[tokio::test]
async fn a_page() {
    let (backend, _) = backend([ok(json!({
        "Items": [{ "pk": { "S": "CUSTOMER#1" }, "sk": { "S": "ORDER#1" } }],
        "Count": 1,
        "ScannedCount": 3,
        "LastEvaluatedKey": { "pk": { "S": "CUSTOMER#1" }, "sk": { "S": "ORDER#3" } },
        "ConsumedCapacity": { "TableName": "shop-test", "CapacityUnits": 1.5 }
    }))]);
    let page = backend.query(query(SortKeys::All)).await.unwrap();
    assert_eq!((page.items.len(), page.count, page.read), (1, 1, 3));
    assert_eq!(page.last, Some(Position::in_table("ORDER#3".into())));
    assert_eq!(page.cost.read_units, 1.5);
}

#[tokio::test]
async fn a_count_on_an_index() {
    let (backend, _) = backend([ok(json!({
        "Count": 7,
        "ScannedCount": 9,
        "LastEvaluatedKey": {
            "pk": { "S": "p" }, "sk": { "S": "s" },
            "apk": { "S": "CUSTOMER#1" }, "ask": { "S": "z" }
        }
    }))]);
    let mut query = query(SortKeys::All);
    query.index = Some(&ALL);
    query.select = Select::Count;
    let page = backend.query(query).await.unwrap();
    assert_eq!((page.items.len(), page.count, page.read), (0, 7, 9));
    let last = Position::in_index("z".into(), key("p", "s"));
    assert_eq!(page.last, Some(last));
}

#[tokio::test]
async fn a_position_in_an_index_needs_a_primary_key() {
    let (backend, wire) = backend([]);
    let mut query = Query::new(&PLAIN, "Order", "all", "p".to_owned(), SortKeys::All);
    query.index = Some(&ALL);
    query.after = Some(Position::in_table("a".into()));
    assert!(backend.query(query).await.unwrap_err().is_invalid_cursor());
    assert_eq!(wire.sent(), []);
}
