//! The JSON of `BatchGetItem` and `BatchWriteItem`, and their answers.

use crate::support::{PLAIN, backend, item, key, ok, target};
use monotable_core::Backend as _;
use monotable_core::backend::Readable as _;
use monotable_core::request::{BatchGet, BatchItem, BatchWrite};
use monotable_dynamodb::Attributes;
use serde_json::json;

#[tokio::test]
async fn a_batch_get() {
    let (backend, wire) = backend([ok(json!({
        "Responses": { "shop-test": [{ "pk": { "S": "b" }, "sk": { "S": "2" } }] },
        "UnprocessedKeys": {
            "shop-test": { "Keys": [{ "pk": { "S": "a" }, "sk": { "S": "1" } }] }
        },
        "ConsumedCapacity": [{ "TableName": "shop-test", "CapacityUnits": 0.5 }]
    }))]);
    let keys = vec![key("a", "1"), key("b", "2")];
    let fetched = backend.batch_get(BatchGet::new(&PLAIN, "Order", keys)).await.unwrap();
    assert_eq!(
        wire.only(),
        (
            target("BatchGetItem"),
            json!({
                "RequestItems": {
                    "shop-test": {
                        "Keys": [
                            { "pk": { "S": "a" }, "sk": { "S": "1" } },
                            { "pk": { "S": "b" }, "sk": { "S": "2" } }
                        ]
                    }
                },
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    let found: Vec<_> = fetched.items.iter().map(|item| item.text("pk").unwrap()).collect();
    assert_eq!(found, ["b"]);
    assert_eq!(fetched.unprocessed, [key("a", "1")]);
    assert_eq!(fetched.cost.read_units, 0.5);
}

#[tokio::test]
async fn a_consistent_batch_get_by_arn() {
    let (backend, wire) = backend([ok(json!({
        "Responses": { "arn:aws:dynamodb:::table/shop-test": [{ "pk": { "S": "a" } }] }
    }))]);
    let mut request = BatchGet::new(&PLAIN, "Order", vec![key("a", "1")]);
    request.consistent = true;
    let fetched = backend.batch_get(request).await.unwrap();
    assert_eq!(wire.only().1["RequestItems"]["shop-test"]["ConsistentRead"], true);
    assert_eq!((fetched.items.len(), fetched.unprocessed.len()), (1, 0));
}

fn put(pk: &str) -> BatchItem<Attributes> {
    BatchItem::put("Order", key(pk, "1"), item(pk, "1", &[]))
}

fn delete(pk: &str) -> BatchItem<Attributes> {
    BatchItem::delete("Order", key(pk, "1"))
}

#[tokio::test]
async fn a_batch_write() {
    let (backend, wire) = backend([ok(json!({
        "UnprocessedItems": {
            "shop-test": [
                { "DeleteRequest": { "Key": { "pk": { "S": "d" }, "sk": { "S": "1" } } } },
                { "PutRequest": { "Item": {
                    "pk": { "S": "b" }, "sk": { "S": "1" }, "_type": { "S": "Order" }
                } } }
            ]
        },
        "ConsumedCapacity": [{ "TableName": "shop-test", "CapacityUnits": 4.0 }]
    }))]);
    let writes = vec![put("a"), put("b"), delete("c"), delete("d")];
    let written = backend.batch_write(BatchWrite::new(&PLAIN, writes)).await.unwrap();
    let item = |pk: &str| {
        json!({ "PutRequest": { "Item": {
            "pk": { "S": pk }, "sk": { "S": "1" }, "_type": { "S": "Order" }
        } } })
    };
    let key =
        |pk: &str| json!({ "DeleteRequest": { "Key": { "pk": { "S": pk }, "sk": { "S": "1" } } } });
    assert_eq!(
        wire.only(),
        (
            target("BatchWriteItem"),
            json!({
                "RequestItems": { "shop-test": [item("a"), item("b"), key("c"), key("d")] },
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert_eq!(written.unprocessed, [3, 1]);
    assert_eq!(written.cost.write_units, 4.0);
}

#[tokio::test]
async fn an_unprocessed_write_that_was_not_sent_is_an_error() {
    let (backend, _) = backend([ok(json!({
        "UnprocessedItems": { "shop-test": [
            { "DeleteRequest": { "Key": { "pk": { "S": "z" }, "sk": { "S": "1" } } } }
        ] }
    }))]);
    let request = BatchWrite::new(&PLAIN, vec![put("a")]);
    assert!(backend.batch_write(request).await.unwrap_err().is_unavailable());
}

#[tokio::test]
async fn a_batch_with_an_item_over_the_limit_is_not_sent() {
    let (backend, wire) = backend([]);
    let large = item("a", "1", &[("name", &"x".repeat(400 * 1024))]);
    let large = BatchItem::put("Order", key("a", "1"), large);
    let request = BatchWrite::new(&PLAIN, vec![put("b"), large]);
    assert!(backend.batch_write(request).await.unwrap_err().is_too_large());
    assert_eq!(wire.sent(), []);
}
