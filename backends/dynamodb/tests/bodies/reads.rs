//! The JSON of `GetItem`, its answers, and the properties of a handle.

use crate::support::{PLAIN, backend, key, ok, target};
use monotable_core::Backend;
use monotable_core::backend::Readable as _;
use monotable_core::request::Get;
use monotable_dynamodb::DynamoDb;
use serde_json::json;

#[tokio::test]
async fn a_get() {
    let (backend, wire) = backend([ok(json!({
        "Item": { "pk": { "S": "a" }, "sk": { "S": "b" }, "total": { "N": "12" } },
        "ConsumedCapacity": { "TableName": "shop-test", "CapacityUnits": 0.5 }
    }))]);
    let fetched = backend.get(Get::new(&PLAIN, "Order", key("a", "b"))).await.unwrap();
    assert_eq!(
        wire.only(),
        (
            target("GetItem"),
            json!({
                "TableName": "shop-test",
                "Key": { "pk": { "S": "a" }, "sk": { "S": "b" } },
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert_eq!(fetched.item.unwrap().text("sk"), Some("b"));
    assert_eq!((fetched.cost.read_units.get(), fetched.cost.write_units.get()), (0.5, 0.0));
}

#[tokio::test]
async fn a_get_of_some_attributes() {
    let (backend, wire) = backend([ok(json!({}))]);
    let mut get = Get::new(&PLAIN, "Order", key("a", "b"));
    get.attributes = Some(["pk", "sk", "name"].into());
    backend.get(get).await.unwrap();
    let body = wire.only().1;
    assert_eq!(body["ProjectionExpression"], "#0, #1, #2");
    let names = json!({ "#0": "pk", "#1": "sk", "#2": "name" });
    assert_eq!(body["ExpressionAttributeNames"], names);
}

#[tokio::test]
async fn a_consistent_get_of_nothing() {
    let (backend, wire) = backend([ok(json!({}))]);
    let mut get = Get::new(&PLAIN, "Order", key("a", "b"));
    get.consistent = true;
    let fetched = backend.get(get).await.unwrap();
    assert_eq!(wire.only().1["ConsistentRead"], true);
    assert!(fetched.item.is_none());
}

#[tokio::test]
async fn a_handle_tells_what_it_is() {
    let (backend, _) = backend([]);
    assert_eq!(backend.table_name(), "shop-test");
    assert_eq!(backend.collection(), Some("shop-test"));
    assert_eq!(<DynamoDb as Backend>::SYSTEM, "aws.dynamodb");
    assert_eq!(backend.client().config().region().unwrap().as_ref(), "eu-central-1");
    let shown = format!("{backend:?}");
    assert_eq!(shown, r#"DynamoDb { table: "shop-test", region: Some("eu-central-1") }"#);
}

#[tokio::test]
async fn a_pause_is_the_clients() {
    let (backend, wire) = backend([]);
    let duration = std::time::Duration::from_secs(3600);
    backend.pause(duration).await;
    assert_eq!(wire.pauses(), [duration]);
}
