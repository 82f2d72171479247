//! The JSON of `PutItem`, `UpdateItem` and `DeleteItem`, and their answers.

use crate::support::{PLAIN, backend, item, key, ok, refusal, target};
use monotable_core::Backend as _;
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, Comparison, Expr, Path, Step};
use monotable_core::request::{Delete, Outcome, Put, Returning, Update};
use monotable_core::value::Number;
use serde_json::json;

fn absent() -> Option<Expr> {
    Some(Expr::Absent(Path::attribute("pk")))
}

fn charged(units: f64) -> serde_json::Value {
    json!({ "ConsumedCapacity": { "TableName": "shop-test", "CapacityUnits": units } })
}

#[tokio::test]
async fn a_put() {
    let (backend, wire) = backend([ok(charged(3.0))]);
    let put = Put::new(&PLAIN, "Order", key("a", "b"), item("a", "b", &[("name", "x")]));
    let written = backend.put(put).await.unwrap();
    assert_eq!(
        wire.only(),
        (
            target("PutItem"),
            json!({
                "TableName": "shop-test",
                "Item": {
                    "pk": { "S": "a" },
                    "sk": { "S": "b" },
                    "_type": { "S": "Order" },
                    "name": { "S": "x" }
                },
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert!(matches!(written.outcome, Outcome::Done));
    assert!(written.item.is_none());
    assert_eq!((written.cost.read_units.get(), written.cost.write_units.get()), (0.0, 3.0));
}

#[tokio::test]
async fn a_conditional_put_that_gives_back_the_old_item() {
    let (backend, wire) = backend([ok(json!({ "Attributes": { "pk": { "S": "a" } } }))]);
    let mut put = Put::new(&PLAIN, "Order", key("a", "b"), item("a", "b", &[]));
    put.condition = absent();
    put.returning = Returning::Old;
    let written = backend.put(put).await.unwrap();
    assert_eq!(
        wire.only().1,
        json!({
            "TableName": "shop-test",
            "Item": { "pk": { "S": "a" }, "sk": { "S": "b" }, "_type": { "S": "Order" } },
            "ConditionExpression": "attribute_not_exists(#0)",
            "ExpressionAttributeNames": { "#0": "pk" },
            "ReturnValues": "ALL_OLD",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
    assert_eq!(written.item.unwrap().text("pk"), Some("a"));
}

#[tokio::test]
async fn a_refused_write_has_the_stored_item_and_what_it_cost() {
    let stored = "x".repeat(1500);
    let (backend, _) = backend([crate::support::Answer::Http(
        400,
        json!({
            "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message": "The conditional request failed",
            "Item": { "pk": { "S": "a" }, "sk": { "S": "b" }, "name": { "S": stored } }
        })
        .to_string(),
    )]);
    let mut put = Put::new(&PLAIN, "Order", key("a", "b"), item("a", "b", &[]));
    put.condition = absent();
    let written = backend.put(put).await.unwrap();
    let Outcome::Refused { current: Some(current) } = written.outcome else {
        panic!("{:?}", written.outcome)
    };
    assert_eq!(current.text("name"), Some(stored.as_str()));
    assert_eq!(written.cost.write_units, 2.0);
}

#[tokio::test]
async fn a_refused_write_of_what_is_not_there() {
    let answers = || refusal("ConditionalCheckFailedException", "The conditional request failed");
    let (backend, _) = backend([answers(), answers()]);
    let exists = Some(Expr::Exists(Path::attribute("pk")));
    let mut delete = Delete::new(&PLAIN, "Order", key("a", "b"));
    delete.condition = exists.clone();
    let written = backend.delete(delete).await.unwrap();
    assert!(matches!(written.outcome, Outcome::Refused { current: None }));
    let mut update = Update::new(&PLAIN, "Order", key("a", "b"), vec![]);
    update.condition = exists;
    let written = backend.update(update).await.unwrap();
    assert!(matches!(written.outcome, Outcome::Refused { current: None }));
    assert_eq!(written.cost.write_units, 1.0);
}

#[tokio::test]
async fn an_update() {
    let (backend, wire) = backend([ok(json!({ "Attributes": { "name": { "S": "new" } } }))]);
    let path = Path::attribute;
    let actions = vec![
        Action::Set(path("name"), "new".into()),
        Action::Add(path("count"), Number::from(1_u64)),
        Action::Remove(path("map").step(Step::Name("old".into()))),
    ];
    let mut update = Update::new(&PLAIN, "Order", key("a", "b"), actions);
    let exists = Expr::Exists(path("pk"));
    update.condition = Some(exists.and(Expr::Compare(path("name"), Comparison::Eq, "x".into())));
    update.returning = Returning::New;
    let written = backend.update(update).await.unwrap();
    assert_eq!(
        wire.only(),
        (
            target("UpdateItem"),
            json!({
                "TableName": "shop-test",
                "Key": { "pk": { "S": "a" }, "sk": { "S": "b" } },
                "UpdateExpression": "SET #0 = :0 REMOVE #2.#3 ADD #1 :1",
                "ConditionExpression": "attribute_exists(#4) AND #0 = :2",
                "ExpressionAttributeNames": {
                    "#0": "name", "#1": "count", "#2": "map", "#3": "old", "#4": "pk"
                },
                "ExpressionAttributeValues": {
                    ":0": { "S": "new" }, ":1": { "N": "1" }, ":2": { "S": "x" }
                },
                "ReturnValues": "ALL_NEW",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert_eq!(written.item.unwrap().text("name"), Some("new"));
}

#[tokio::test]
async fn an_update_that_only_makes_the_item() {
    let (backend, wire) = backend([ok(charged(1.0))]);
    let mut update = Update::new(&PLAIN, "Order", key("a", "b"), vec![]);
    update.returning = Returning::Old;
    backend.update(update).await.unwrap();
    assert_eq!(
        wire.only().1,
        json!({
            "TableName": "shop-test",
            "Key": { "pk": { "S": "a" }, "sk": { "S": "b" } },
            "ReturnValues": "ALL_OLD",
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}

#[tokio::test]
async fn a_delete() {
    let (backend, wire) = backend([ok(charged(1.0)), ok(charged(1.0))]);
    let delete = Delete::new(&PLAIN, "Order", key("a", "b"));
    let mut conditional = delete.clone();
    conditional.condition =
        Some(Expr::Compare(Path::attribute("v"), Comparison::Eq, Number::from(3_u64).into()));
    // Puts and deletes do not return a new item.
    conditional.returning = Returning::New;
    backend.delete(delete).await.unwrap();
    backend.delete(conditional).await.unwrap();
    let sent = wire.sent();
    let plain = json!({
        "TableName": "shop-test",
        "Key": { "pk": { "S": "a" }, "sk": { "S": "b" } },
        "ReturnConsumedCapacity": "TOTAL"
    });
    assert_eq!(sent[0], (target("DeleteItem"), plain));
    assert_eq!(
        sent[1].1,
        json!({
            "TableName": "shop-test",
            "Key": { "pk": { "S": "a" }, "sk": { "S": "b" } },
            "ConditionExpression": "#0 = :0",
            "ExpressionAttributeNames": { "#0": "v" },
            "ExpressionAttributeValues": { ":0": { "N": "3" } },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            "ReturnConsumedCapacity": "TOTAL"
        })
    );
}

#[tokio::test]
async fn an_item_over_the_limit_is_not_sent() {
    let (backend, wire) = backend([]);
    let large = item("a", "b", &[("name", &"x".repeat(400 * 1024))]);
    let put = Put::new(&PLAIN, "Order", key("a", "b"), large);
    let error = backend.put(put).await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(
        error.to_string(),
        "Order `a / b` has 409620 bytes with the names of its attributes, over the limit of 409600: \
         split it into several items"
    );
    assert_eq!(wire.sent(), []);
}
