//! Time to live of new tables and of existing tables.

use crate::support::{Answer, PLAIN, SHOP, backend, ok, refusal, target};
use crate::tables::{missing, shop};
use monotable_core::request::CreateTable;
use monotable_core::{Backend as _, Error};
use serde_json::{Value as Json, json};
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

pub(crate) fn ttl(status: &str, attribute: &str) -> Json {
    json!({ "TimeToLiveDescription": { "TimeToLiveStatus": status, "AttributeName": attribute } })
}

/// The operations that were called with these answers, the total length of the pauses, and the result.
async fn made(answers: Vec<Answer>) -> (Vec<String>, u64, Result<(), Error>) {
    let (backend, wire) = backend(answers);
    let result = backend.create_table(CreateTable::new(&SHOP)).await;
    let called = wire.sent().into_iter().map(|(operation, _)| operation).collect();
    (called, wire.pauses().iter().map(std::time::Duration::as_secs).sum(), result)
}

fn targets(operations: &[&str]) -> Vec<String> {
    operations.iter().map(|operation| target(operation)).collect()
}

#[tokio::test]
async fn a_table_that_is_being_made_gets_its_time_to_live() {
    for last in [
        ok(json!({})),
        refusal("ValidationException", "TimeToLive is already enabled"),
        refusal(
            "ValidationException",
            "Time to live has been modified multiple times within a fixed interval",
        ),
    ] {
        let creating = || ok(shop("CREATING", "CREATING"));
        let answers = vec![creating(), creating(), ok(shop("ACTIVE", "ACTIVE")), last];
        let (called, _, result) = made(answers).await;
        result.unwrap();
        let describe = "DescribeTable";
        assert_eq!(called, targets(&[describe, describe, describe, "UpdateTimeToLive"]));
    }
}

fn in_use() -> Answer {
    refusal("ResourceInUseException", "Table is being updated")
}

#[tokio::test]
async fn a_table_that_is_in_use_is_waited_for() {
    let start = || vec![missing(), ok(json!({})), ok(shop("ACTIVE", "ACTIVE"))];
    let mut answers = start();
    answers.extend([in_use(), in_use(), ok(json!({}))]);
    let (called, _, result) = made(answers).await;
    result.unwrap();
    assert_eq!(called[3..], targets(&["UpdateTimeToLive"; 3]));

    let mut answers = start();
    answers.extend((0..1000).map(|_| in_use()));
    let (_, waited, result) = made(answers).await;
    assert!(result.unwrap_err().is_conflict());
    assert!((50..70).contains(&waited), "{waited}");

    let mut answers = start();
    answers.push(refusal("ValidationException", "no"));
    let (called, _, result) = made(answers).await;
    assert!(result.unwrap_err().is_invalid_request());
    assert_eq!(called.len(), 4);
}

#[tokio::test]
async fn a_description_that_does_not_arrive_is_asked_for_again() {
    let slow = || refusal("ThrottlingException", "slow");
    let down = || Answer::Http(503, "{}".to_owned());
    let (active, ttl) = (ok(shop("ACTIVE", "ACTIVE")), ok(json!({})));
    let (called, ..) = made(vec![missing(), ok(json!({})), slow(), down(), active, ttl]).await;
    assert_eq!(called.len(), 6);

    let answers = [missing(), ok(json!({}))].into_iter().chain((0..1000).map(|_| slow()));
    let (_, waited, result) = made(answers.collect()).await;
    assert!(result.unwrap_err().is_throttled());
    assert!((590..610).contains(&waited), "{waited}");

    let denied = refusal("AccessDeniedException", "no");
    let (called, _, result) = made(vec![missing(), ok(json!({})), denied]).await;
    assert!(result.unwrap_err().is_unauthorized());
    assert_eq!(called.len(), 3);
}

/// Records the crate's warnings with their fields.
#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::WARN && metadata.target().starts_with("monotable_dynamodb")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Text(String);
        impl Visit for Text {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                let _ = write!(self.0, "{}={value:?} ", field.name());
            }
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.lock().unwrap().push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The warnings about an existing table with this description of its time to live.
async fn warned(answer: Answer) -> Vec<String> {
    let warnings = Warnings::default();
    let _guard = tracing::subscriber::set_default(warnings.clone());
    let (called, _, result) = made(vec![ok(shop("ACTIVE", "ACTIVE")), answer]).await;
    result.unwrap();
    assert_eq!(called, targets(&["DescribeTable", "DescribeTimeToLive"]));
    warnings.0.lock().unwrap().clone()
}

#[tokio::test]
async fn a_table_that_deletes_nothing_is_warned_of() {
    for status in ["ENABLED", "ENABLING"] {
        assert_eq!(warned(ok(ttl(status, "expires"))).await, Vec::<String>::new());
    }
    let disabled = json!({ "TimeToLiveDescription": { "TimeToLiveStatus": "DISABLED" } });
    for answer in [disabled, ttl("DISABLING", "expires"), ttl("ENABLED", "other"), json!({})] {
        let warned = warned(ok(answer)).await;
        assert_eq!(warned.len(), 1);
        assert!(warned[0].contains("table=\"shop-test\" attribute=\"expires\""), "{warned:?}");
        assert!(warned[0].contains("update-time-to-live"), "{warned:?}");
    }
    // The request does not fail because of it.
    let warned = warned(refusal("AccessDeniedException", "no")).await;
    assert!(warned[0].contains("allow `dynamodb:DescribeTimeToLive`"), "{warned:?}");
}

#[tokio::test]
async fn a_table_without_expiry_is_not_asked() {
    let mut there = shop("ACTIVE", "ACTIVE");
    there["Table"].as_object_mut().unwrap().remove("GlobalSecondaryIndexes");
    let (backend, wire) = backend([ok(there)]);
    backend.create_table(CreateTable::new(&PLAIN)).await.unwrap();
    assert_eq!(wire.only().0, target("DescribeTable"));
}
