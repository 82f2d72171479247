//! Puts, deletes and transactions.

use crate::model::{Account, Order, Session, User, only, order, shop};
use monotable::prelude::*;
use serde_json::{Value as Json, json};

fn item() -> Json {
    json!({
        "pk": { "S": "CUSTOMER#C1" }, "sk": { "S": "ORDER#1" }, "_type": { "S": "Order" },
        "gsi1pk": { "S": "STATUS#placed" }, "gsi1sk": { "S": "north#0000000005" },
        "customer": { "S": "C1" }, "id": { "S": "1" }, "status": { "S": "placed" },
        "region": { "S": "north" }, "placed": { "N": "5" }, "total": { "N": "7" },
        "lines": { "L": [] }
    })
}

#[tokio::test]
async fn a_create_and_a_conditional_put() {
    let (table, wire) = shop(1);
    order().create().send(&table).await.unwrap();
    let wanted = json!({
        "Item": item(),
        "ConditionExpression": "attribute_not_exists(#0)",
        "ExpressionAttributeNames": { "#0": "pk" },
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
    });
    assert_eq!(only(&wire, "PutItem"), wanted);
    let (table, wire) = shop(1);
    let condition = Order::TOTAL.lt(9_u32) & (Order::NOTE.exists() | Order::STATUS.eq("paid"));
    order().put().when(condition).send(&table).await.unwrap();
    let body = only(&wire, "PutItem");
    assert_eq!(body["Item"], item());
    assert_eq!(body["ConditionExpression"], "#0 < :0 AND (attribute_exists(#1) OR #2 = :1)");
    let (table, wire) = shop(1);
    order().put().send(&table).await.unwrap();
    assert_eq!(only(&wire, "PutItem"), json!({ "Item": item() }));
}

#[tokio::test]
async fn versions_are_checked_and_advanced() {
    let loaded = Account { id: "a".into(), balance: 1, version: 7 };
    let (table, wire) = shop(1);
    loaded.put().send(&table).await.unwrap();
    let body = only(&wire, "PutItem");
    assert_eq!(body["ConditionExpression"], "#0 = :0");
    assert_eq!(body["ExpressionAttributeValues"], json!({ ":0": { "N": "7" } }));
    let (table, wire) = shop(1);
    loaded.update().set(Account::BALANCE, 2).send(&table).await.unwrap();
    let body = only(&wire, "UpdateItem");
    assert_eq!(body["UpdateExpression"], "SET #0 = :0, #1 = :1");
    assert_eq!(body["ConditionExpression"], "attribute_exists(#2) AND #1 = :2");
    let (table, wire) = shop(1);
    loaded.delete().send(&table).await.unwrap();
    let wanted = json!({
        "Key": { "pk": { "S": "ACCOUNT#a" }, "sk": { "S": "ACCOUNT" } },
        "ConditionExpression": "#0 = :0",
        "ExpressionAttributeNames": { "#0": "version" },
        "ExpressionAttributeValues": { ":0": { "N": "7" } },
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
    });
    assert_eq!(only(&wire, "DeleteItem"), wanted);
}

#[tokio::test]
async fn what_is_past_is_no_obstacle_to_a_create() {
    let (table, wire) = shop(1);
    Session { id: "s".into(), part: 1, ends: 4_000_000_000 }.create().send(&table).await.unwrap();
    let body = only(&wire, "PutItem");
    assert_eq!(body["ConditionExpression"], "attribute_not_exists(#0) OR #1 <= :0");
    assert_eq!(body["ExpressionAttributeNames"], json!({ "#0": "pk", "#1": "_ttl" }));
    assert_eq!(body["Item"]["_ttl"], json!({ "N": "4000000000" }));
}

#[tokio::test]
async fn a_unique_create_is_a_transaction_with_the_guard() {
    let (table, wire) = shop(1);
    User { id: "u".into(), email: "e".into() }.create().send(&table).await.unwrap();
    let body = only(&wire, "TransactWriteItems");
    let puts = body["TransactItems"].as_array().unwrap();
    assert_eq!(puts.len(), 2);
    assert!(puts.iter().all(|put| put["Put"]["ConditionExpression"] == "attribute_not_exists(#0)"));
    assert_eq!(puts[1]["Put"]["Item"]["_type"], json!({ "S": "User.email" }));
    assert_eq!(puts[1]["Put"]["Item"]["owner_pk"], json!({ "S": "USER#u" }));
}

#[tokio::test]
async fn a_transaction_has_its_token() {
    let (table, wire) = shop(1);
    let transaction = table.transaction().add(order().put()).add(Order::key("C1", "2").delete());
    transaction.idempotency_token("mine").send().await.unwrap();
    let key = json!({ "pk": { "S": "CUSTOMER#C1" }, "sk": { "S": "ORDER#2" } });
    let wanted = json!({
        "TransactItems": [
            { "Put": { "TableName": "shop-test", "Item": item() } },
            { "Delete": { "TableName": "shop-test", "Key": key } }
        ],
        "ClientRequestToken": "mine"
    });
    assert_eq!(only(&wire, "TransactWriteItems"), wanted);
}
