//! Batches and queries.

use crate::model::{Order, Session, answered, only, order, shop};
use crate::support::{ok, target};
use monotable::prelude::*;
use serde_json::json;

#[tokio::test]
async fn many_keys_are_as_few_calls_as_can_be() {
    let (table, wire) = shop(2);
    let keys = (0..130).map(|id| Order::key("C1", id.to_string()));
    Order::get_many(keys).send(&table).await.unwrap();
    let sent = wire.sent();
    assert!(sent.iter().all(|(operation, _)| *operation == target("BatchGetItem")));
    let keys =
        |at: usize| sent[at].1["RequestItems"]["shop-test"]["Keys"].as_array().unwrap().len();
    assert_eq!((sent.len(), keys(0) + keys(1), keys(0).max(keys(1))), (2, 130, 100));
    let (table, wire) = shop(2);
    let orders: Vec<_> = (0..30).map(|id| Order { id: id.to_string(), ..order() }).collect();
    let report = table.batch().add_all(orders.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    let sent = wire.sent();
    assert!(sent.iter().all(|(operation, _)| *operation == target("BatchWriteItem")));
    let writes = |at: usize| sent[at].1["RequestItems"]["shop-test"].as_array().unwrap().len();
    assert_eq!((sent.len(), writes(0) + writes(1), writes(0).max(writes(1))), (2, 30, 25));
}

#[tokio::test]
async fn a_query_of_an_index_with_a_filter() {
    let (table, wire) = answered([ok(json!({ "Count": 0, "ScannedCount": 0 }))]);
    let query = Order::by_status("paid").eq("north").range(3..).filter(Order::TOTAL.gt(9_u32));
    query.limit(2).all(&table).await.unwrap();
    let body = only(&wire, "Query");
    // Items that the filter leaves out do not count, so the limit is not sent to the store.
    assert_eq!(body.get("Limit"), None, "{body}");
    assert_eq!(body["IndexName"], "gsi1");
    assert_eq!(body["FilterExpression"], "#2 > :3");
    assert_eq!(body["KeyConditionExpression"], "#0 = :0 AND #1 BETWEEN :1 AND :2");
}

#[tokio::test]
async fn a_count_of_what_expires() {
    let (table, wire) = answered([ok(json!({ "Count": 3, "ScannedCount": 4 }))]);
    assert_eq!(Session::parts("s").count(&table).await.unwrap(), 3);
    let body = only(&wire, "Query");
    assert_eq!(body["Select"], "COUNT");
    assert_eq!(body["FilterExpression"], "attribute_not_exists(#2) OR #2 > :2");
    assert_eq!(body["ExpressionAttributeNames"]["#2"], "_ttl");
}
