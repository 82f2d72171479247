//! The JSON of `TransactGetItems` and `TransactWriteItems`, and their answers.

use crate::support::{Answer, PLAIN, backend, item, key, ok, refusal, target};
use monotable_core::Transactions as _;
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, Expr, Path};
use monotable_core::request::{
    Check, Delete, Get, Put, Reason, TransactGet, TransactItem, TransactOutcome, TransactWrite,
    Update,
};
use monotable_dynamodb::Attributes;
use serde_json::{Value as Json, json};

/// An answer that cancels a transaction for these reasons.
fn cancelled(reasons: Json) -> Answer {
    let mut body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons"
    });
    body["CancellationReasons"] = reasons;
    Answer::Http(400, body.to_string())
}

fn gets() -> TransactGet {
    let get = |pk| Get::new(&PLAIN, "Order", key(pk, "1"));
    TransactGet::new(&PLAIN, vec![get("a"), get("b")])
}

#[tokio::test]
async fn gets_at_one_moment() {
    let (backend, wire) = backend([ok(json!({
        "Responses": [{}, { "Item": { "pk": { "S": "b" }, "sk": { "S": "1" } } }],
        "ConsumedCapacity": [{
            "TableName": "shop-test", "CapacityUnits": 4.0, "ReadCapacityUnits": 4.0
        }]
    }))]);
    let fetched = backend.transact_get(gets()).await.unwrap();
    let get = |pk: &str| {
        let key = json!({ "pk": { "S": pk }, "sk": { "S": "1" } });
        json!({ "Get": { "TableName": "shop-test", "Key": key } })
    };
    assert_eq!(
        wire.only(),
        (
            target("TransactGetItems"),
            json!({
                "TransactItems": [get("a"), get("b")],
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert!(fetched.items[0].is_none());
    assert_eq!(fetched.items[1].as_ref().unwrap().text("pk"), Some("b"));
    assert_eq!((fetched.cost.read_units.get(), fetched.cost.write_units.get()), (4.0, 0.0));
}

#[tokio::test]
async fn gets_that_meet_a_write() {
    let (backend, _) = backend([
        cancelled(json!([{ "Code": "None" }, {
            "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"
        }])),
        cancelled(json!([{ "Code": "ThrottlingError", "Message": "slow down" }])),
        cancelled(json!([])),
    ]);
    assert!(backend.transact_get(gets()).await.unwrap_err().is_conflict());
    assert!(backend.transact_get(gets()).await.unwrap_err().is_throttled());
    assert!(backend.transact_get(gets()).await.unwrap_err().is_conflict());
}

fn put(pk: &str) -> TransactItem<Attributes> {
    let mut put = Put::new(&PLAIN, "Order", key(pk, "1"), item(pk, "1", &[]));
    put.condition = Some(Expr::Absent(Path::attribute("pk")));
    TransactItem::Put(put)
}

fn update(pk: &str) -> TransactItem<Attributes> {
    let set = Action::Set(Path::attribute("name"), "x".into());
    TransactItem::Update(Update::new(&PLAIN, "Order", key(pk, "1"), vec![set]))
}

fn delete(pk: &str) -> TransactItem<Attributes> {
    TransactItem::Delete(Delete::new(&PLAIN, "Order", key(pk, "1")))
}

fn check(pk: &str) -> TransactItem<Attributes> {
    let exists = Expr::Exists(Path::attribute("pk"));
    TransactItem::Check(Check::new(&PLAIN, "Order", key(pk, "1"), exists))
}

fn writes(writes: Vec<TransactItem<Attributes>>) -> TransactWrite<Attributes> {
    TransactWrite::new(&PLAIN, writes, "token-1".to_owned())
}

#[tokio::test]
async fn one_of_each() {
    let (backend, wire) = backend([ok(json!({
        "ConsumedCapacity": [{
            "TableName": "shop-test",
            "CapacityUnits": 8.0, "ReadCapacityUnits": 2.0, "WriteCapacityUnits": 6.0
        }]
    }))]);
    let request = writes(vec![put("a"), update("b"), delete("c"), check("d")]);
    let done = backend.transact_write(request).await.unwrap();
    let key = |pk: &str| json!({ "pk": { "S": pk }, "sk": { "S": "1" } });
    assert_eq!(
        wire.only(),
        (
            target("TransactWriteItems"),
            json!({
                "TransactItems": [
                    { "Put": {
                        "TableName": "shop-test",
                        "Item": {
                            "pk": { "S": "a" }, "sk": { "S": "1" }, "_type": { "S": "Order" }
                        },
                        "ConditionExpression": "attribute_not_exists(#0)",
                        "ExpressionAttributeNames": { "#0": "pk" },
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
                    } },
                    { "Update": {
                        "TableName": "shop-test",
                        "Key": key("b"),
                        "UpdateExpression": "SET #0 = :0",
                        "ExpressionAttributeNames": { "#0": "name" },
                        "ExpressionAttributeValues": { ":0": { "S": "x" } }
                    } },
                    { "Delete": { "TableName": "shop-test", "Key": key("c") } },
                    { "ConditionCheck": {
                        "TableName": "shop-test",
                        "Key": key("d"),
                        "ConditionExpression": "attribute_exists(#0)",
                        "ExpressionAttributeNames": { "#0": "pk" },
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
                    } }
                ],
                "ClientRequestToken": "token-1",
                "ReturnConsumedCapacity": "TOTAL"
            })
        )
    );
    assert!(matches!(done.outcome, TransactOutcome::Done));
    assert_eq!((done.cost.read_units.get(), done.cost.write_units.get()), (2.0, 6.0));
}

#[tokio::test]
async fn each_write_has_its_reason() {
    let (backend, _) = backend([cancelled(json!([
        { "Code": "None" },
        {
            "Code": "ConditionalCheckFailed",
            "Message": "The conditional request failed",
            "Item": { "pk": { "S": "b" }, "sk": { "S": "1" } }
        },
        { "Code": "ConditionalCheckFailed", "Message": "The conditional request failed" },
        { "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" },
        { "Code": "ProvisionedThroughputExceeded", "Message": "slow" },
        { "Code": "ThrottlingError", "Message": "slow" },
        { "Code": "ItemCollectionSizeLimitExceeded", "Message": "large" },
        { "Code": "ValidationError", "Message": "Item size to update has exceeded the maximum" },
        {
            "Code": "ValidationError",
            "Message": "An operand in the update expression has an incorrect data type"
        },
        { "Code": "AccessDenied", "Message": "no" }
    ]))]);
    let pks = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let done = backend.transact_write(writes(pks.map(update).to_vec())).await.unwrap();
    let TransactOutcome::Cancelled(reasons) = done.outcome else { panic!("{:?}", done.outcome) };
    assert_eq!(reasons.len(), 10);
    assert!(matches!(reasons[0], Reason::Fine));
    let Reason::Refused { current: Some(current) } = &reasons[1] else { panic!("{reasons:?}") };
    assert_eq!(current.text("pk"), Some("b"));
    assert!(matches!(reasons[2], Reason::Refused { current: None }));
    let errors: Vec<_> = reasons[3..]
        .iter()
        .map(|reason| match reason {
            Reason::Failed(error) => error,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(errors[0].is_conflict());
    assert!(errors[1].is_throttled());
    assert!(errors[2].is_throttled());
    assert!(errors[3].is_too_large());
    assert!(errors[4].is_too_large());
    assert!(errors[5].is_invalid_request());
    assert!(errors[5].to_string().contains("the update of `name`"), "{}", errors[5]);
    assert!(errors[6].is_unauthorized());
}

#[tokio::test]
async fn a_transaction_that_is_refused_as_a_whole() {
    let (backend, _) = backend([
        refusal("TransactionInProgressException", "in progress"),
        refusal("IdempotentParameterMismatchException", "other parameters"),
        refusal("TransactionCanceledException", "cancelled"),
    ]);
    let send = || backend.transact_write(writes(vec![delete("a")]));
    let error = send().await.unwrap_err();
    assert!(error.is_outcome_unknown() && error.to_string().contains("same token"), "{error}");
    assert!(error.is_retryable());
    let error = send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("new one"), "{error}");
    let error = send().await.unwrap_err();
    assert!(error.is_conflict() && std::error::Error::source(&error).is_some(), "{error:?}");
}

#[tokio::test]
async fn what_a_transaction_cannot_hold_is_not_sent() {
    let (backend, wire) = backend([]);
    let nothing = TransactItem::Update(Update::new(&PLAIN, "Order", key("a", "1"), vec![]));
    let error = backend.transact_write(writes(vec![nothing])).await.unwrap_err();
    assert!(error.is_invalid_request());
    let large = item("a", "1", &[("name", &"x".repeat(400 * 1024))]);
    let large = TransactItem::Put(Put::new(&PLAIN, "Order", key("a", "1"), large));
    let error = backend.transact_write(writes(vec![put("b"), large])).await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(wire.sent(), []);
}
