//! Reading a stream: which calls are made, with what, and what is done with answers that DynamoDB Local does not give.

use crate::support::{Answer, PLAIN, Wire, config, ok, refusal, wire};
use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::config::retry::RetryConfig;
use aws_sdk_dynamodbstreams::config::timeout::TimeoutConfig;
use aws_sdk_dynamodbstreams::config::{
    BehaviorVersion, Config, Credentials, IdentityCache, Region, StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::http::{SharedHttpConnector, http_client_fn};
use monotable_core::change::{
    Change, ChangeFeed as _, ChangeKind, ChangePage, FeedPosition, OpenChanges, StartFrom,
};
use monotable_core::request::CreateTable;
use monotable_core::{Backend as _, Error};
use monotable_dynamodb::{Attributes, DynamoDb, DynamoDbStreams, StreamReader};
use serde_json::{Value as Json, json};

const ARN: &str = "arn:aws:dynamodb:eu-central-1:1:table/t/stream/2026-11-18T00:00:00.000";

fn streams(answers: impl IntoIterator<Item = Answer>) -> (DynamoDbStreams, Wire) {
    let wire = wire(answers);
    let table = DynamoDb::new(aws_sdk_dynamodb::Client::from_conf(config(&wire).build()), "t");
    let connector = wire.clone();
    let client = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .sleep_impl(wire.clone())
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(connector.clone())));
    (DynamoDbStreams::new(table, Client::from_conf(client.build())), wire)
}

fn table(arn: &str, view: &str) -> Answer {
    let stream = json!({"StreamEnabled": true, "StreamViewType": view});
    ok(json!({"Table": {"TableName": "t", "LatestStreamArn": arn, "StreamSpecification": stream}}))
}

/// A list of shards: each with its parent, and whether it is closed.
fn shards(all: &[(&str, Option<&str>, bool)]) -> Answer {
    let shard = |(id, parent, is_closed): &(&str, Option<&str>, bool)| {
        let mut shard =
            json!({"ShardId": id, "SequenceNumberRange": {"StartingSequenceNumber": "1"}});
        if let Some(parent) = parent {
            shard["ParentShardId"] = json!(parent);
        }
        if *is_closed {
            shard["SequenceNumberRange"]["EndingSequenceNumber"] = json!("9");
        }
        shard
    };
    let shards: Vec<_> = all.iter().map(shard).collect();
    ok(json!({"StreamDescription": {"StreamArn": ARN, "Shards": shards}}))
}

fn iterator(name: &str) -> Answer {
    ok(json!({ "ShardIterator": name }))
}

fn record(sequence: u32, time: f64) -> Json {
    json!({
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": time,
            "Keys": {"pk": {"S": "a"}, "sk": {"S": "b"}},
            "NewImage": {"pk": {"S": "a"}, "sk": {"S": "b"}, "n": {"N": sequence.to_string()}},
            "SequenceNumber": sequence.to_string(),
            "SizeBytes": 12,
            "StreamViewType": "NEW_AND_OLD_IMAGES"
        },
        "eventID": format!("event {sequence}"),
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "eventVersion": "1.1"
    })
}

/// The time of a record that is neither old nor new.
const TIME: f64 = 1_479_499_740.0;

fn records(sequences: &[u32], next: Option<&str>) -> Answer {
    let records: Vec<_> = sequences.iter().map(|sequence| record(*sequence, TIME)).collect();
    let mut answer = json!({ "Records": records });
    if let Some(next) = next {
        answer["NextShardIterator"] = json!(next);
    }
    ok(answer)
}

async fn open(streams: &DynamoDbStreams, from: StartFrom) -> Result<StreamReader, Error> {
    streams.open_changes(OpenChanges::new(&PLAIN, from)).await
}

fn ids(page: &ChangePage<Change<Attributes>>) -> Vec<&str> {
    page.changes.iter().map(|change| &*change.id).collect()
}

fn calls(wire: &Wire) -> Vec<String> {
    let sent = wire.sent().into_iter();
    sent.map(|(target, _)| target.split('.').nth(1).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_shard_is_read_after_its_parent_has_ended() {
    let (streams, wire) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("child", Some("parent"), false), ("parent", None, true)]),
        iterator("p1"),
        records(&[1, 2], Some("p2")),
        records(&[3], None),
        shards(&[("child", Some("parent"), false), ("parent", None, true)]),
        iterator("c1"),
        records(&[4], Some("c2")),
        records(&[], Some("c3")),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    let mut pages = Vec::new();
    for _ in 0..4 {
        pages.push(streams.next_changes(&mut reader).await.unwrap());
    }
    assert_eq!(
        pages.iter().map(ids).collect::<Vec<_>>(),
        [vec!["event 1", "event 2"], vec!["event 3"], vec!["event 4"], vec![]]
    );
    let caught_up: Vec<_> = pages.iter().map(|page| page.is_caught_up).collect();
    assert_eq!(caught_up, [false, false, false, true]);
    let positions: Vec<_> = pages.iter().map(|page| page.position.as_str()).collect();
    let at = |place: &str| format!("1 {ARN} {place}");
    assert_eq!(positions, [at("parent=a2"), at("parent=e"), at("child=a4"), at("child=a4")]);

    let change = &pages[0].changes[0];
    assert_eq!(change.time.unwrap().to_string(), "2016-11-18T20:09:00Z");
    assert_eq!((&*change.key.pk, &*change.key.sk), ("a", "b"));
    let sent = wire.sent();
    assert_eq!(
        calls(&wire),
        [
            "DescribeTable",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords",
            "GetRecords",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords",
            "GetRecords"
        ]
    );
    assert_eq!(sent[2].1["ShardIteratorType"], "TRIM_HORIZON");
    assert_eq!((&sent[2].1["ShardId"], &sent[6].1["ShardId"]), (&json!("parent"), &json!("child")));
    assert_eq!(sent[4].1, json!({"ShardIterator": "p2", "Limit": 1000}));
}

#[tokio::test]
async fn a_position_goes_on_after_its_sequence_number() {
    let position = StartFrom::After(FeedPosition::new(format!("1 {ARN} one=a7")));
    let (streams, wire) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        iterator("i1"),
        refusal("ExpiredIteratorException", "too old"),
    ]);
    let mut reader = open(&streams, position.clone()).await.unwrap();
    assert!(streams.next_changes(&mut reader).await.unwrap_err().is_unavailable());
    assert_eq!(wire.sent()[2].1["SequenceNumber"], "7");
    assert_eq!(wire.sent()[2].1["ShardIteratorType"], "AFTER_SEQUENCE_NUMBER");

    // An iterator that was kept for more than 15 minutes is replaced by a new one.
    let (streams, wire) = self::streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        iterator("i1"),
        records(&[8], Some("i2")),
        refusal("ExpiredIteratorException", "too old"),
        iterator("i3"),
        records(&[9], Some("i4")),
    ]);
    let mut reader = open(&streams, position).await.unwrap();
    assert_eq!(ids(&streams.next_changes(&mut reader).await.unwrap()), ["event 8"]);
    assert_eq!(ids(&streams.next_changes(&mut reader).await.unwrap()), ["event 9"]);
    assert_eq!(wire.sent()[5].1["SequenceNumber"], "8");
}

#[tokio::test]
async fn after_an_error_the_same_records_are_read() {
    let mut damaged = record(2, TIME);
    damaged["dynamodb"]["NewImage"]["n"] = json!({"X": "1"});
    let (streams, wire) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        iterator("i1"),
        records(&[1], Some("i2")),
        refusal("InternalServerError", "no"),
        ok(json!({"Records": [record(2, TIME), damaged], "NextShardIterator": "i3"})),
        ok(json!({"Nothing": 1})),
        records(&[2, 3], Some("i3")),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    assert_eq!(ids(&streams.next_changes(&mut reader).await.unwrap()), ["event 1"]);
    assert!(streams.next_changes(&mut reader).await.unwrap_err().is_unavailable());
    assert!(streams.next_changes(&mut reader).await.unwrap_err().is_decode());
    assert!(streams.next_changes(&mut reader).await.unwrap_err().is_unavailable());
    assert_eq!(ids(&streams.next_changes(&mut reader).await.unwrap()), ["event 2", "event 3"]);
    let iterators: Vec<_> =
        wire.sent()[4..].iter().map(|it| it.1["ShardIterator"].clone()).collect();
    assert_eq!(iterators, ["i2", "i2", "i2", "i2"]);
}

#[tokio::test]
async fn lost_changes_are_told() {
    let open_at = |shards: Answer, place: &str| {
        let position = FeedPosition::new(format!("1 {ARN} {place}"));
        let (streams, _) = streams([table(ARN, "NEW_AND_OLD_IMAGES"), shards]);
        async move { open(&streams, StartFrom::After(position)).await.map(drop) }
    };
    // Nothing is left of the line that the position is in.
    let lost = open_at(shards(&[("other", None, false)]), "one=a1").await.unwrap_err();
    assert!(lost.is_trimmed() && lost.to_string().contains("24 hours"), "{lost}");
    let lost = open_at(shards(&[("other", Some("x"), false)]), "one=e").await.unwrap_err();
    assert!(lost.is_trimmed());
    // Of the child, the first records may be lost.
    let lost = open_at(shards(&[("child", Some("one"), false)]), "child=c").await.unwrap_err();
    assert!(lost.is_trimmed());
    let lost = open_at(shards(&[("child", Some("one"), false)]), "one=e").await.unwrap_err();
    assert!(lost.is_trimmed());
    let listed = shards(&[("one", None, true), ("child", Some("one"), false)]);
    open_at(listed, "one=e").await.unwrap();

    let position = || StartFrom::After(FeedPosition::new(format!("1 {ARN} one=a1")));
    let (streams, _) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        refusal("TrimmedDataAccessException", "beyond the trim horizon"),
    ]);
    let mut reader = open(&streams, position()).await.unwrap();
    assert!(streams.next_changes(&mut reader).await.unwrap_err().is_trimmed());

    let (streams, _) = self::streams([
        table("arn:another", "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
    ]);
    let lost = open(&streams, position()).await.unwrap_err();
    assert!(lost.is_trimmed() && lost.to_string().contains("another stream"), "{lost}");
}

/// A reader that has stood still for a day, because a handler failed so long, is told what a new one would be told.
#[tokio::test]
async fn a_reader_that_stood_still_is_told_what_it_has_lost() {
    let (streams, _) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        iterator("i1"),
        records(&[1], Some("i2")),
    ]);
    let almost = jiff::Timestamp::now().as_second() - 24 * 60 * 60 + 2;
    let position = FeedPosition::new(format!("1 {ARN} one=o{almost}"));
    let mut reader = open(&streams, StartFrom::After(position)).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let lost = streams.next_changes(&mut reader).await.unwrap_err();
    assert!(lost.is_trimmed(), "{lost}");
}

/// A shard has ended, and its child is listed later. Another shard has changes all the time.
#[tokio::test]
async fn a_shard_with_many_changes_does_not_keep_others_from_being_found() {
    let before = [("one", None, true), ("busy", None, false)];
    let after = [("one", None, true), ("busy", None, false), ("child", Some("one"), false)];
    let (streams, _) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&before),
        iterator("i1"),
        records(&[1], None),
        shards(&before),
        iterator("b1"),
        records(&[2], Some("b2")),
        shards(&after),
        records(&[3], Some("b3")),
        iterator("c1"),
        records(&[4], Some("c2")),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    let mut pages = Vec::new();
    for _ in 0..4 {
        pages.push(streams.next_changes(&mut reader).await.unwrap());
    }
    assert_eq!(
        pages.iter().map(ids).collect::<Vec<_>>(),
        [["event 1"], ["event 2"], ["event 3"], ["event 4"]]
    );
}

/// DynamoDB can answer without records although there are more. Of a shard that is closed, it is known that it has an end.
#[tokio::test]
async fn a_closed_shard_has_more_until_its_end() {
    let (streams, _) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, true), ("child", Some("one"), false)]),
        iterator("i1"),
        records(&[], Some("i2")),
        records(&[1], Some("i3")),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    let page = streams.next_changes(&mut reader).await.unwrap();
    assert!(page.changes.is_empty() && !page.is_caught_up);
    assert_eq!(ids(&streams.next_changes(&mut reader).await.unwrap()), ["event 1"]);
}

#[tokio::test]
async fn from_now_on_means_from_the_ends_of_the_shards() {
    let listed = [("old", None, true), ("one", Some("old"), false)];
    let (streams, wire) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&listed),
        iterator("l1"),
        records(&[], Some("l2")),
    ]);
    let mut reader = open(&streams, StartFrom::Now).await.unwrap();
    let page = streams.next_changes(&mut reader).await.unwrap();
    assert_eq!(wire.sent()[2].1["ShardIteratorType"], "LATEST");
    assert_eq!(wire.sent()[2].1["ShardId"], "one");
    assert!(page.is_caught_up && page.position.as_str().contains(" one=n"));

    // Another process, before a record was read. What is older is left out, and the place stays.
    let now = jiff::Timestamp::now().as_second() as f64;
    let (streams, wire) = self::streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&listed),
        iterator("t1"),
        records(&[1, 2], Some("t2")),
        ok(json!({"Records": [record(3, TIME), record(4, now)], "NextShardIterator": "t3"})),
    ]);
    let mut reader = open(&streams, StartFrom::After(page.position)).await.unwrap();
    let page = streams.next_changes(&mut reader).await.unwrap();
    assert_eq!(wire.sent()[2].1["ShardIteratorType"], "TRIM_HORIZON");
    assert!(page.changes.is_empty() && !page.is_caught_up);
    assert!(page.position.as_str().contains(" one=n"));
    let page = streams.next_changes(&mut reader).await.unwrap();
    assert_eq!(ids(&page), ["event 4"]);
    assert!(page.position.as_str().ends_with(" one=a4"));
}

#[tokio::test]
async fn no_time_in_a_position_is_too_great() {
    for time in [i64::MAX, i64::MIN] {
        let (streams, _) = streams([
            table(ARN, "NEW_AND_OLD_IMAGES"),
            shards(&[("one", None, false)]),
            iterator("t1"),
            records(&[1], Some("t2")),
        ]);
        let position = FeedPosition::new(format!("1 {ARN} one=n{time}"));
        match open(&streams, StartFrom::After(position)).await {
            Ok(mut reader) => {
                let page = streams.next_changes(&mut reader).await.unwrap();
                assert!(page.changes.is_empty() && time == i64::MAX);
            }
            Err(error) => assert!(error.is_trimmed() && time == i64::MIN, "{error}"),
        }
    }
}

#[tokio::test]
async fn all_pages_of_the_list_of_shards_are_read() {
    let page = |shard: &str, last: Option<&str>| {
        let mut page = json!({"StreamArn": ARN, "Shards": [{"ShardId": shard}]});
        if let Some(last) = last {
            page["LastEvaluatedShardId"] = json!(last);
        }
        ok(json!({ "StreamDescription": page }))
    };
    let (streams, wire) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        page("one", Some("one")),
        page("two", None),
        iterator("i1"),
        records(&[], Some("i2")),
        iterator("j1"),
        records(&[1], Some("j2")),
        records(&[], Some("i3")),
        records(&[], Some("j3")),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    assert_eq!(wire.sent()[2].1["ExclusiveStartShardId"], "one");
    let mut caught_up = Vec::new();
    for _ in 0..4 {
        caught_up.push(streams.next_changes(&mut reader).await.unwrap().is_caught_up);
    }
    assert_eq!(caught_up, [false, false, false, true]);
}

#[tokio::test]
async fn an_expiry_has_the_identity_of_the_service() {
    let mut expired = record(1, TIME);
    let item = expired["dynamodb"].as_object_mut().unwrap().remove("NewImage").unwrap();
    expired["dynamodb"]["OldImage"] = item;
    expired["eventName"] = json!("REMOVE");
    let mut deleted = expired.clone();
    expired["userIdentity"] = json!({"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"});
    deleted["eventID"] = json!("event 2");
    let (streams, _) = streams([
        table(ARN, "NEW_AND_OLD_IMAGES"),
        shards(&[("one", None, false)]),
        iterator("i1"),
        ok(json!({"Records": [expired, deleted], "NextShardIterator": "i2"})),
    ]);
    let mut reader = open(&streams, StartFrom::Oldest).await.unwrap();
    let page = streams.next_changes(&mut reader).await.unwrap();
    assert!(matches!(page.changes[0].kind, ChangeKind::Expired(_)));
    assert!(matches!(page.changes[1].kind, ChangeKind::Deleted(_)));
}

#[tokio::test]
async fn a_table_without_the_stream_says_what_to_do() {
    let without = || ok(json!({"Table": {"TableName": "t"}}));
    let disabled = || {
        let stream = json!({"StreamEnabled": false});
        ok(
            json!({"Table": {"TableName": "t", "LatestStreamArn": ARN, "StreamSpecification": stream}}),
        )
    };
    for (answer, what) in [
        (without(), "has no stream"),
        (disabled(), "has no stream"),
        (table(ARN, "KEYS_ONLY"), "`KEYS_ONLY`"),
        (table(ARN, "NEW_IMAGE"), "`NEW_IMAGE`"),
    ] {
        let (streams, _) = streams([answer]);
        let error = open(&streams, StartFrom::Oldest).await.unwrap_err();
        assert!(error.is_schema_mismatch());
        let text = error.to_string();
        assert!(text.contains(what) && text.contains("update-table --table-name t"), "{text}");
    }
    let (streams, _) = streams([refusal("ResourceNotFoundException", "no table")]);
    assert!(open(&streams, StartFrom::Oldest).await.unwrap_err().is_table_missing());
}

#[tokio::test]
async fn a_table_is_created_with_its_stream() {
    let keys = json!([{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]);
    let attributes = json!([{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"}]);
    let mut found = json!({"Table": {
        "TableName": "t", "TableStatus": "ACTIVE", "KeySchema": keys, "AttributeDefinitions": attributes,
    }});
    let (streams, wire) = streams([
        refusal("ResourceNotFoundException", "no table"),
        ok(json!({"TableDescription": {"TableName": "t"}})),
        {
            let mut found = found.clone();
            found["Table"]["LatestStreamArn"] = json!(ARN);
            found["Table"]["StreamSpecification"] =
                json!({"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"});
            ok(found)
        },
    ]);
    streams.create_table(CreateTable::new(&PLAIN)).await.unwrap();
    let (target, body) = &wire.sent()[1];
    assert!(target.ends_with("CreateTable"));
    assert_eq!(
        body["StreamSpecification"],
        json!({"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    );
    // An existing table is not changed.
    let (streams, wire) = self::streams([ok(found.take())]);
    let error = streams.create_table(CreateTable::new(&PLAIN)).await.unwrap_err();
    assert!(error.is_schema_mismatch() && error.to_string().contains("has no stream"), "{error}");
    assert_eq!(calls(&wire), ["DescribeTable"]);
}
