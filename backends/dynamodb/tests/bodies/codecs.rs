//! The ways in which items pass between the SDK and the structs.

use crate::support::{ALL, Answer, PLAIN, SHOP, backend, config, item, key, ok, wire};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::Backend as _;
use monotable_core::backend::{Item as _, Readable as _};
use monotable_core::request::{Get, Put, Query, SortKeys};
use monotable_dynamodb::{Attributes, DirectCodec, DynamoDb};
use serde_json::json;
use std::collections::HashMap;
use std::process::Command;

/// All tests of this binary pass with the SDK's codec, and with a client that has the interceptor.
#[test]
fn every_way_passes_all_tests() {
    if std::env::var_os("MONOTABLE_DYNAMODB_CODEC").is_some() {
        return;
    }
    for codec in ["sdk", "client"] {
        let output = Command::new(std::env::current_exe().unwrap())
            .env("MONOTABLE_DYNAMODB_CODEC", codec)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("test result: ok"), "{codec}: {text}");
    }
}

fn order() -> Put<Attributes> {
    Put::new(&PLAIN, "Order", key("a\"", "b"), item("a\"", "b", &[("note", "line\nbreak \\ é🦀")]))
}

/// An attempt that is made again sends the same item.
#[tokio::test]
async fn a_put_is_sent_again_with_its_item() {
    let wire = wire([Answer::Http(500, "{}".to_owned()), ok(json!({}))]);
    let retries = RetryConfig::standard().with_max_attempts(2);
    let client = Client::from_conf(config(&wire).retry_config(retries).build());
    DynamoDb::new(client, "shop-test").put(order()).await.unwrap();
    let sent = wire.sent();
    assert_eq!((sent.len(), &sent[0]), (2, &sent[1]));
    assert_eq!(sent[0].1["Item"]["note"], json!({ "S": "line\nbreak \\ é🦀" }));
    assert_eq!(sent[0].1["Item"]["pk"], json!({ "S": "a\"" }));
}

/// The answer of a later attempt counts, also if an earlier one has had items.
#[tokio::test]
async fn items_are_those_of_the_last_answer() {
    let refusal = json!({ "__type": "x#InternalServerError", "Item": { "pk": { "S": "old" } } });
    let new = json!({ "Item": { "pk": { "S": "new" } } });
    for last in [new, json!({})] {
        let wire = wire([Answer::Http(500, refusal.to_string()), ok(last.clone())]);
        let retries = RetryConfig::standard().with_max_attempts(2);
        let client = Client::from_conf(config(&wire).retry_config(retries).build());
        let get = Get::new(&PLAIN, "Order", key("a", "b"));
        let found = DynamoDb::new(client, "shop-test").get(get).await.unwrap().item;
        assert_eq!(
            found.as_ref().map(|item| item.text("pk")),
            last.get("Item").map(|_| Some("new"))
        );
    }
}

/// The user's own calls with a client that has the interceptor are as they always are.
#[tokio::test]
async fn other_calls_of_the_client_are_not_changed() {
    let body = json!({ "Item": { "pk": { "S": "a" } } });
    let wire = wire([ok(body), ok(json!({}))]);
    let client = Client::from_conf(config(&wire).interceptor(DirectCodec::new()).build());
    let found = client.get_item().table_name("t").send().await.unwrap().item.unwrap();
    assert_eq!(found["pk"], AttributeValue::S("a".to_owned()));
    let item = HashMap::from([("pk".to_owned(), AttributeValue::S("a".to_owned()))]);
    client.put_item().table_name("t").set_item(Some(item)).send().await.unwrap();
    assert_eq!(wire.sent()[1].1["Item"], json!({ "pk": { "S": "a" } }));
}

/// Items of the SDK's own form are written, too: those that others have made.
#[tokio::test]
async fn an_item_of_attribute_values_is_written() {
    let (backend, wire) = backend([ok(json!({}))]);
    let map = order().item.into_map();
    backend.put(Put::new(&PLAIN, "Order", key("a\"", "b"), Attributes::from(map))).await.unwrap();
    assert_eq!(wire.only().1["Item"]["note"], json!({ "S": "line\nbreak \\ é🦀" }));
}

/// An answer that DynamoDB does not send is read as the SDK reads it.
#[tokio::test]
async fn odd_answers_are_left_to_the_sdk() {
    let body = r#"{ "Items": [ null, {"pk":{"S":"1","S":"2"}}, {"pk":{"NEW":1}} ], "Count": 3 }"#;
    let query = || Query::new(&SHOP, "Order", "all", "p".to_owned(), SortKeys::All);
    let (backend, _) = backend([
        Answer::Http(200, body.to_owned()),
        Answer::Http(200, "{\"Items\":[{\"pk\":{\"S\":\"1\"}}],\"Count\":[]}".to_owned()),
        Answer::Http(200, "{\"Items\":[{\"pk\":{\"S\":\"1\"}}".to_owned()),
    ]);
    let mut by_index = query();
    by_index.index = Some(&ALL);
    assert!(backend.query(by_index).await.is_err());
    for _ in 0..2 {
        let error = backend.query(query()).await.unwrap_err();
        assert!(error.is_unavailable(), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn an_item_of_an_answer_is_whole() {
    let stored = json!({
        "pk": { "S": "a" },
        "text": { "S": "\u{1}\" \\ \u{1f980}" },
        "list": { "L": [{ "N": "1.50" }, { "NULL": true }, { "M": { "x": { "BOOL": false } } }] },
        "set": { "NS": ["1", "20000000000000000000000000000000000001"] },
        "bytes": { "B": "AAH/" }
    });
    let (backend, _) = backend([ok(json!({ "Item": stored }))]);
    let get = Get::new(&PLAIN, "Order", key("a", "b"));
    let found = backend.get(get).await.unwrap().item.unwrap();
    let map = found.as_map();
    assert_eq!(map["text"], AttributeValue::S("\u{1}\" \\ 🦀".to_owned()));
    assert_eq!(map.len(), 5);
    let other = Attributes::from(map.clone());
    assert_eq!(found, other);
    assert_eq!(found.size().unwrap(), other.size().unwrap());
    assert_eq!(found.text("text"), other.text("text"));
    assert_eq!(format!("{found:?}"), "Attributes(5)");
    assert_eq!(found.into_map(), other.into_map());
}

/// The SDK's futures are boxed, so that those of the programs that await ours stay small.
#[test]
fn futures_are_small() {
    let (backend, _) = backend([]);
    let get = size_of_val(&backend.get(Get::new(&PLAIN, "Order", key("a", "b"))));
    let put = size_of_val(&backend.put(order()));
    let query = Query::new(&SHOP, "Order", "all", "p".to_owned(), SortKeys::All);
    let query = size_of_val(&backend.query(query));
    assert!([get, put, query].iter().all(|size| *size < 4096), "{get} {put} {query}");
}
