//! Updates: each is one `UpdateItem`, also if index keys change.

use crate::model::{Account, Order, only, order, shop};
use monotable::prelude::*;
use serde_json::{Value as Json, json};

/// The expressions and values of an update that returns no item.
fn expected(update: &str, condition: &str, names: &Json, values: &Json) -> Json {
    let mut body = json!({
        "Key": { "pk": { "S": "CUSTOMER#C1" }, "sk": { "S": "ORDER#1" } },
        "UpdateExpression": update,
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
    });
    if !values.is_null() {
        body["ExpressionAttributeValues"] = values.clone();
    }
    body
}

macro_rules! sends {
    ($update:expr, $text:literal if $condition:literal, $names:tt, $values:tt) => {{
        let (shop, wire) = shop(1);
        $update.send(&shop).await.unwrap();
        let wanted = expected($text, $condition, &json!($names), &json!($values));
        assert_eq!(only(&wire, "UpdateItem"), wanted);
    }};
}

#[tokio::test]
async fn a_change_of_status_moves_the_item_between_index_partitions() {
    sends!(
        Order::key("C1", "1").update().set(Order::STATUS, "paid"),
        "SET #0 = :0, #1 = :1" if "attribute_exists(#2)",
        { "#0": "status", "#1": "gsi1pk", "#2": "pk" },
        { ":0": { "S": "paid" }, ":1": { "S": "STATUS#paid" } }
    );
    // By key, with all parts of both attributes.
    let key = ("paid", Some("south".to_owned()), 6_u32);
    sends!(
        Order::key("C1", "1").update().set_index_key(Order::GSI1_KEY, key),
        "SET #0 = :0, #1 = :1, #2 = :2, #3 = :3, #4 = :4" if "attribute_exists(#5)",
        {
            "#0": "status", "#1": "region", "#2": "placed", "#3": "gsi1pk", "#4": "gsi1sk",
            "#5": "pk"
        },
        {
            ":0": { "S": "paid" },
            ":1": { "S": "south" },
            ":2": { "N": "6" },
            ":3": { "S": "STATUS#paid" },
            ":4": { "S": "south#0000000006" }
        }
    );
    // Of a loaded entity: only the part that is taken from the entity is checked.
    sends!(
        order().update().set(Order::REGION, "south"),
        "SET #0 = :0, #1 = :1" if "attribute_exists(#2) AND #3 = :2",
        { "#0": "region", "#1": "gsi1sk", "#2": "pk", "#3": "placed" },
        { ":0": { "S": "south" }, ":1": { "S": "south#0000000005" }, ":2": { "N": "5" } }
    );
    sends!(
        order().update().set(Order::STATUS, "paid"),
        "SET #0 = :0, #1 = :1" if "attribute_exists(#2)",
        { "#0": "status", "#1": "gsi1pk", "#2": "pk" },
        { ":0": { "S": "paid" }, ":1": { "S": "STATUS#paid" } }
    );
}

#[tokio::test]
async fn none_removes() {
    sends!(
        Order::key("C1", "1").update().set(Order::NOTE, None::<String>),
        "REMOVE #0" if "attribute_exists(#1)",
        { "#0": "note", "#1": "pk" },
        null
    );
    sends!(
        order().update().set(Order::REGION, None::<String>),
        "REMOVE #0, #1" if "attribute_exists(#2) AND #3 = :0",
        { "#0": "region", "#1": "gsi1sk", "#2": "pk", "#3": "placed" },
        { ":0": { "N": "5" } }
    );
}

#[tokio::test]
async fn computed_changes() {
    let update = || Order::key("C1", "1").update();
    sends!(
        update().increment(Order::TOTAL, 3_u32),
        "ADD #0 :0" if "attribute_exists(#1)",
        { "#0": "total", "#1": "pk" },
        { ":0": { "N": "3" } }
    );
    sends!(
        update().set_if_absent(Order::NOTE, "n"),
        "SET #0 = if_not_exists(#0, :0)" if "attribute_exists(#1)",
        { "#0": "note", "#1": "pk" },
        { ":0": { "S": "n" } }
    );
    sends!(
        update().append(Order::LINES, ["l"]).union(Order::TAGS, ["t"]),
        "SET #0 = list_append(if_not_exists(#0, :0), :1) ADD #1 :2" if "attribute_exists(#2)",
        { "#0": "lines", "#1": "tags", "#2": "pk" },
        { ":0": { "L": [] }, ":1": { "L": [{ "S": "l" }] }, ":2": { "SS": ["t"] } }
    );
}

#[tokio::test]
async fn a_version_is_advanced_without_being_known() {
    let (shop, wire) = shop(1);
    Account::key("a").update().increment(Account::BALANCE, 1).send(&shop).await.unwrap();
    let body = only(&wire, "UpdateItem");
    assert_eq!(body["UpdateExpression"], "ADD #0 :0, #1 :1");
    assert_eq!(body["ConditionExpression"], "attribute_exists(#2)");
}
