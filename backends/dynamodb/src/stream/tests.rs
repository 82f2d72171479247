//! Recorded events of AWS Lambda, and what can be wrong with them.

use super::transcode::Json;
use super::{StreamAnswer, StreamEvent};
use crate::Attributes;
use monotable::prelude::*;
use monotable::{Change, ChangeKind};
use monotable_core::Error;
use monotable_core::backend::Item as _;
use monotable_core::change::Decoded;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(coordination)]
enum Shop {
    Order(Order),
    Customer(Customer),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
    total: u32,
    note: Option<String>,
    #[serde(with = "serde_bytes")]
    seal: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER", unique(email))]
struct Customer {
    id: String,
    email: String,
}

fn order(total: u32) -> Order {
    Order { id: "7".into(), total, note: Some("# ü \"\n".into()), seal: vec![0, 255] }
}

/// The item of an order, as DynamoDB has it.
fn image(total: u32) -> Value {
    json!({
        "pk": {"S": "ORDER#7"}, "sk": {"S": "ORDER"}, "_type": {"S": "Order"}, "id": {"S": "7"},
        "total": {"N": total.to_string()}, "note": {"S": "# ü \"\n"}, "seal": {"B": "AP8="},
    })
}

/// A record as AWS Lambda sends it.
fn record(name: &str, sequence: &str, old: Option<Value>, new: Option<Value>) -> Value {
    let mut record = json!({
        "eventID": format!("c4ca4238a0b923820dcc509a6f75849{sequence}"),
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1479499740,
            "Keys": {"pk": {"S": "ORDER#7"}, "sk": {"S": "ORDER"}},
            "SequenceNumber": sequence,
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES"
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/shop/stream/2016-11-18T00:00:00.000"
    });
    if let Some(old) = old {
        record["dynamodb"]["OldImage"] = old;
    }
    if let Some(new) = new {
        record["dynamodb"]["NewImage"] = new;
    }
    record
}

fn insert() -> Value {
    record("INSERT", "1", None, Some(image(1)))
}

fn modify() -> Value {
    record("MODIFY", "2", Some(image(1)), Some(image(2)))
}

fn remove() -> Value {
    record("REMOVE", "3", Some(image(2)), None)
}

fn event(records: &[Value]) -> StreamEvent {
    serde_json::from_str(&json!({ "Records": records }).to_string()).unwrap()
}

fn one(record: Value) -> Result<Change<Shop>, Error> {
    event(&[record]).changes::<Shop>().next().unwrap()
}

#[test]
fn a_recorded_event_is_changes_of_entities() {
    let event = event(&[insert(), modify(), remove()]);
    let changes: Vec<Change<Shop>> = event.changes().collect::<Result<_, _>>().unwrap();
    let shop = |total| Shop::Order(order(total));
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.clone()).collect();
    assert_eq!(
        kinds,
        [
            ChangeKind::Created(shop(1)),
            ChangeKind::Updated { old: shop(1), new: shop(2) },
            ChangeKind::Deleted(shop(2)),
        ]
    );
    let change = &changes[0];
    assert_eq!(change.id, "c4ca4238a0b923820dcc509a6f758491");
    assert_eq!((&*change.key.pk, &*change.key.sk), ("ORDER#7", "ORDER"));
    assert_eq!(change.time.unwrap().to_string(), "2016-11-18T20:09:00Z");
}

#[test]
fn the_identity_tells_an_expiry_from_a_deletion() {
    let mut expired = remove();
    expired["userIdentity"] = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
    assert_eq!(one(expired).unwrap().kind, ChangeKind::Expired(Shop::Order(order(2))));
    for identity in [
        json!(null),
        json!({}),
        json!("Service"),
        json!({"type": "Service", "principalId": "lambda.amazonaws.com"}),
        json!({"type": "AssumedRole", "principalId": "dynamodb.amazonaws.com"}),
    ] {
        let mut deleted = remove();
        deleted["userIdentity"] = identity;
        assert_eq!(one(deleted).unwrap().kind, ChangeKind::Deleted(Shop::Order(order(2))));
    }
}

#[test]
fn no_new_item_is_a_removal_whatever_the_name() {
    // As DynamoDB Local names a deletion by time to live.
    for name in ["UNKNOWN_TO_SDK_VERSION", "MODIFY", ""] {
        let change = one(record(name, "3", Some(image(2)), None)).unwrap();
        assert_eq!(change.kind, ChangeKind::Deleted(Shop::Order(order(2))));
    }
    for nothing in [json!(null), json!({})] {
        let change = one(record("REMOVE", "3", Some(image(2)), Some(nothing.clone()))).unwrap();
        assert_eq!(change.kind, ChangeKind::Deleted(Shop::Order(order(2))));
        let change = one(record("INSERT", "1", Some(nothing), Some(image(1)))).unwrap();
        assert_eq!(change.kind, ChangeKind::Created(Shop::Order(order(1))));
    }
}

#[test]
fn a_stream_without_both_items_is_an_error_that_names_the_setting() {
    for view in ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE"] {
        let mut record = modify();
        record["dynamodb"]["StreamViewType"] = json!(view);
        let error = one(record).unwrap_err();
        assert!(error.is_schema_mismatch());
        let text = error.to_string();
        assert!(text.contains(view) && text.contains("NEW_AND_OLD_IMAGES"), "{text}");
    }
    // Without the type, the items decide.
    let without = |mut record: Value| {
        record["dynamodb"].as_object_mut().unwrap().remove("StreamViewType");
        one(record)
    };
    assert!(matches!(without(insert()).unwrap().kind, ChangeKind::Created(_)));
    assert!(matches!(without(modify()).unwrap().kind, ChangeKind::Updated { .. }));
    let new_only = without(record("MODIFY", "2", None, Some(image(2)))).unwrap_err();
    let keys_only = without(record("REMOVE", "3", None, None)).unwrap_err();
    assert!(new_only.is_schema_mismatch() && keys_only.is_schema_mismatch());
}

#[test]
fn what_is_missing_is_not_guessed() {
    let with = |path: &str, value: Value| {
        let mut record = insert();
        *record.pointer_mut(path).unwrap() = value;
        one(record)
    };
    let time = |value| with("/dynamodb/ApproximateCreationDateTime", value).unwrap().time;
    assert_eq!(time(json!(null)), None);
    assert_eq!(time(json!("soon")), None);
    assert_eq!(time(json!(1479499740.5)).unwrap().to_string(), "2016-11-18T20:09:00.5Z");
    let mut record = insert();
    let content = record["dynamodb"].as_object_mut().unwrap();
    content.remove("ApproximateCreationDateTime");
    content.remove("SizeBytes");
    assert_eq!(one(record).unwrap().time, None);

    // The sequence number is a name, too.
    assert_eq!(with("/eventID", json!("")).unwrap().id, "1");
    let mut nameless = insert();
    nameless["eventID"] = json!(null);
    nameless["dynamodb"]["SequenceNumber"] = json!("");
    assert!(one(nameless).unwrap_err().is_decode());

    let error = with("/dynamodb/Keys", json!({"id": {"S": "7"}})).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`pk`"), "{error}");
    let error = with("/eventSource", json!("aws:sqs")).unwrap_err();
    assert!(error.to_string().contains("aws:sqs"), "{error}");
    assert!(one(json!({})).unwrap_err().is_decode());
    assert!(one(json!(7)).unwrap_err().is_decode());
}

#[test]
fn an_event_of_another_service_is_refused() {
    for text in ["{}", "[]", "7", r#"{"records":[]}"#, r#"{"Records":{}}"#, r#"{"detail":{}}"#] {
        let error = serde_json::from_str::<StreamEvent>(text).unwrap_err();
        assert!(error.to_string().contains("Records"), "{text}: {error}");
    }
    assert!(event(&[]).is_empty());
}

#[test]
fn items_of_the_table_itself_are_left_out() {
    let keys = json!({"pk": {"S": "a"}, "sk": {"S": "b"}});
    for tag in ["Customer.email", "$once", "$lease", "$rate", "$consumer"] {
        let mut item = keys.clone();
        item["_type"] = json!({ "S": tag });
        for record in [
            record("INSERT", "1", None, Some(item.clone())),
            record("MODIFY", "1", Some(item.clone()), Some(item.clone())),
            record("REMOVE", "1", Some(item.clone()), None),
        ] {
            assert!(event(&[record]).changes::<Shop>().next().is_none(), "{tag}");
        }
    }
}

fn unknown() -> Value {
    let mut item = image(1);
    item["_type"] = json!({"S": "Invoice"});
    record("MODIFY", "5", Some(image(1)), Some(item))
}

#[test]
fn unknown_items_are_handled_as_the_program_says() {
    let records = [insert(), unknown(), remove()];
    let failing: Vec<_> = event(&records).changes::<Shop>().collect();
    assert!(failing[0].is_ok() && failing[2].is_ok());
    let error = failing[1].as_ref().unwrap_err();
    assert!(error.is_decode());
    let text = error.to_string();
    assert!(text.contains("Invoice") && text.contains("skip_unknown"), "{text}");

    let skipping = event(&records).skip_unknown();
    assert_eq!(skipping.changes::<Shop>().filter(Result::is_ok).count(), 2);
    assert_eq!(skipping.len(), 3);

    let keeping = event(&records).keep_unknown();
    let kept = keeping.changes::<Shop>().nth(1).unwrap().unwrap();
    let ChangeKind::Updated { old, new } = kept.kind else { panic!("{kept:?}") };
    assert!(matches!(old, Decoded::Entity(Shop::Order(_))));
    let Decoded::Unknown { item, error } = new else { panic!("{new:?}") };
    assert!(error.is_decode());
    assert_eq!(item.decode::<Order>().unwrap(), order(1));
}

fn answer(answer: &StreamAnswer) -> Value {
    serde_json::to_value(answer).unwrap()
}

#[tokio::test]
async fn the_first_failure_is_reported_and_nothing_after_it_is_handled() {
    let records = [insert(), modify(), remove()];
    let seen = RefCell::new(Vec::new());
    let done = event(&records)
        .handle(async |change: Change<Shop>| {
            seen.borrow_mut().push(change.id);
            if seen.borrow().len() == 2 { Err("no") } else { Ok(()) }
        })
        .await;
    assert_eq!(seen.borrow().len(), 2);
    assert_eq!(answer(&done), json!({"batchItemFailures": [{"itemIdentifier": "2"}]}));
    assert!(!done.is_done());
    let error = done.into_result().unwrap_err();
    assert!(error.to_string().contains("ORDER#7 / ORDER` failed: no"), "{error}");

    let done = event(&records).handle(async |_: Change<Shop>| Ok::<_, Error>(())).await;
    assert_eq!(answer(&done), json!({"batchItemFailures": []}));
    assert!(done.into_result().is_ok());
}

#[tokio::test]
async fn a_record_that_cannot_be_read_fails_in_its_place() {
    let mut damaged = modify();
    damaged["dynamodb"]["NewImage"]["total"] = json!({"X": "1"});
    let mut nameless = damaged.clone();
    nameless["dynamodb"]["SequenceNumber"] = json!(null);
    for (bad, name) in [(damaged, "2"), (unknown(), "5"), (nameless, "")] {
        let handled = Cell::new(0);
        let done = event(&[insert(), bad, remove()])
            .handle(async |_: Change<Shop>| {
                handled.set(handled.get() + 1);
                Ok::<_, Error>(())
            })
            .await;
        assert_eq!(handled.get(), 1);
        assert_eq!(answer(&done), json!({"batchItemFailures": [{"itemIdentifier": name}]}));
    }
    let handled = Cell::new(0);
    let done = event(&[insert(), unknown(), remove()])
        .skip_unknown()
        .handle(async |_: Change<Shop>| {
            handled.set(handled.get() + 1);
            Ok::<_, Error>(())
        })
        .await;
    assert!(done.is_done() && handled.get() == 2);
}

/// The future of an event can be sent to another thread, as runtimes ask for.
#[tokio::test]
async fn handling_is_a_future_for_any_thread() {
    let event = event(&[insert()]);
    let handling = async move {
        let count = AtomicU32::new(0);
        let done = event
            .handle(async |_: Change<Shop>| {
                tokio::task::yield_now().await;
                count.fetch_add(1, Relaxed);
                Ok::<_, Error>(())
            })
            .await;
        (done, count.into_inner())
    };
    let (done, count) = tokio::spawn(handling).await.unwrap();
    assert!(done.is_done() && count == 1);
}

#[test]
fn json_is_the_same_after_it_was_read_by_serde() {
    for text in [
        r#"{"a":[],"b":{},"c":[1,-2,{"d":null}],"e":"\u003d\"\\ü","f":1.5,"g":true,"h":[[],[1]]}"#,
        "null",
        "\"\"",
        "[18446744073709551615,-9223372036854775808]",
    ] {
        let Json(written) = serde_json::from_str(text).unwrap();
        let [before, after]: [Value; 2] =
            [text, &written].map(|text| serde_json::from_str(text).unwrap());
        assert_eq!(before, after);
    }
    // What serde_json hands over for a number with its feature `arbitrary_precision`.
    let Json(number) =
        serde_json::from_str(r#"[{"$serde_json::private::Number":"1.25"}]"#).unwrap();
    assert_eq!(number, "[1.25]");
    assert!(serde_json::from_str::<Json>("{\"a\":").is_err());
}

/// What serde_json calls a number with its feature `arbitrary_precision` can also be the name of an attribute, or a key of
/// somebody's map.
#[test]
fn no_name_of_an_attribute_stops_an_event() {
    let name = "$serde_json::private::Number";
    let mut item = image(1);
    item["tags"] = json!({"M": {(name): {"S": "x"}}});
    let mut first = json!({(name): {"N": "1"}});
    first.as_object_mut().unwrap().extend(image(2).as_object().unwrap().clone());
    let record = record("MODIFY", "2", Some(item), Some(first));
    let change = one(record).unwrap();
    let shop = |total| Shop::Order(order(total));
    assert_eq!(change.kind, ChangeKind::Updated { old: shop(1), new: shop(2) });
}

#[test]
fn damaged_texts_are_errors_and_no_panics() {
    let text = json!({ "Records": [insert(), modify(), remove()] }).to_string();
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..bytes.len());
            match random.u8(..3) {
                0 => bytes.truncate(at),
                1 => bytes[at] = random.choice(*b"{}[]\":,0nS\\").unwrap(),
                _ => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(event) = serde_json::from_str::<StreamEvent>(&text) {
            event.changes::<Shop>().for_each(drop);
        }
        // Without serde's check of the text.
        if let Some(records) = super::record::Records::read(text.into()) {
            for record in records.all() {
                let _: Result<Change<Attributes>, _> =
                    records.change(<Shop as Schema>::DEF, record);
            }
        }
    }
}
