//! The direct codec and the SDK's, on the same random answers and items.
//!
//! `MONOTABLE_SCALE` multiplies the numbers of answers and items.

use super::random::Maker;
use crate::Attributes;
use crate::direct::compare::{
    Take, batch_get, cancelled, compare, get, query, refused_put, same, transact_get,
};
use crate::direct::operation::{self, Operation};
use monotable_core::backend::Item as _;
use monotable_core::value::{Map, Value};

/// The number of rounds, multiplied by `MONOTABLE_SCALE`.
fn scaled(rounds: u64) -> u64 {
    let scale = std::env::var("MONOTABLE_SCALE").ok().map(|scale| scale.parse::<u64>().unwrap());
    rounds * scale.unwrap_or(1)
}

/// A random answer: the operation, how its items are taken, the status, and the body.
fn answer(maker: &mut Maker) -> (&'static Operation, Take, u16, String) {
    let count = maker.random.usize(..4);
    let mut items: Vec<String> = Vec::new();
    let mut item = maker.item();
    for _ in 0..count {
        items.push(maker.json(&item));
        item = if maker.random.u8(..3) == 0 { maker.item() } else { maker.alike(&item) };
    }
    let item = maker.json(&item);
    let capacity = r#""ConsumedCapacity":{"TableName":"t","CapacityUnits":1.5}"#;
    let list = items.join(",");
    match maker.random.u8(..7) {
        0 => (&operation::GET_ITEM, get as Take, 200, format!("{{{capacity},\"Item\":{item}}}")),
        1 => {
            let last =
                if maker.random.bool() { r#","LastEvaluatedKey":{"pk":{"S":"a"}}"# } else { "" };
            let body = format!(
                "{{\"Items\":[{list}],\"Count\":{count},\"ScannedCount\":9{last},{capacity}}}"
            );
            (&operation::QUERY, query, 200, body)
        }
        2 => {
            let keys = r#""UnprocessedKeys":{"t":{"Keys":[{"pk":{"S":"a"}}]}}"#;
            let body = format!("{{\"Responses\":{{\"t\":[{list}]}},{keys}}}");
            (&operation::BATCH_GET_ITEM, batch_get, 200, body)
        }
        3 => {
            let all = items.iter().map(|item| match maker.random.bool() {
                true => format!("{{\"Item\":{item}}}"),
                false => "{}".to_owned(),
            });
            let all: Vec<String> = all.collect();
            let body = format!("{{\"Responses\":[{}]}}", all.join(","));
            (&operation::TRANSACT_GET_ITEMS, transact_get, 200, body)
        }
        4 => {
            let body = format!(
                "{{\"__type\":\"a.b#ConditionalCheckFailedException\",\"Item\":{item},\"message\":\"no\"}}"
            );
            (&operation::PUT_ITEM, refused_put, 400, body)
        }
        5 => {
            let all = items.iter().map(|item| match maker.random.bool() {
                true => format!(
                    "{{\"Code\":\"ConditionalCheckFailed\",\"Item\":{item},\"Message\":\"m\"}}"
                ),
                false => "{\"Code\":\"None\"}".to_owned(),
            });
            let all: Vec<String> = all.collect();
            let body = format!(
                "{{\"__type\":\"a#TransactionCanceledException\",\"CancellationReasons\":[{}]}}",
                all.join(",")
            );
            (&operation::TRANSACT_WRITE_ITEMS, cancelled, 400, body)
        }
        _ => (&operation::GET_ITEM, get, 200, format!("{{\"Item\":{item}}}")),
    }
}

/// Items of all answers are read directly, and as the SDK reads them.
#[test]
fn answers_are_read_as_the_sdk_reads_them() {
    let mut maker = Maker::new(21);
    let (mut answers, mut direct) = (0, 0);
    while direct < scaled(60_000) {
        let (operation, take, status, body) = answer(&mut maker);
        direct += compare(operation, take, status, body.as_bytes());
        answers += 1;
        // If they were left to the SDK, this would not end.
        assert!(answers < scaled(120_000), "{direct} items in {answers} answers");
    }
}

/// Damaged answers give the error that the SDK gives, or what it reads; none causes a panic.
#[test]
fn damaged_answers_are_read_as_the_sdk_reads_them() {
    let mut maker = Maker::new(22);
    let mut direct = 0;
    let rounds = scaled(25_000);
    for _ in 0..rounds {
        let (operation, take, status, body) = answer(&mut maker);
        let mut body = body.into_bytes();
        maker.damage(&mut body);
        direct += compare(operation, take, status, &body);
    }
    assert!(direct > rounds / 10, "{direct} items in {rounds} answers");
}

/// Items are written as the SDK's codec writes them, with the same sizes, or are refused for the same
/// reason.
#[test]
fn items_are_written_as_attribute_values_are() {
    let mut maker = Maker::new(23);
    let mut written = 0;
    for _ in 0..scaled(40_000) {
        let item = Attributes::from(maker.item());
        let Ok(mut map) = item.decode::<Map>() else { continue };
        if maker.random.u8(..20) == 0 {
            map.insert(String::new(), Value::Null);
        }
        let message = |error: monotable_core::Error| error.to_string();
        let sdk = Attributes::encode(&map).map_err(message);
        let direct = Attributes::encode_json(&map).map_err(message);
        match (direct, sdk) {
            (Ok(direct), Ok(sdk)) => {
                written += 1;
                let body = format!("{{\"Item\":{}}}", direct.json().unwrap());
                assert_eq!(compare(&operation::GET_ITEM, get, 200, body.as_bytes()), 1, "{body}");
                same(&direct, &sdk);
            }
            (direct, sdk) => assert_eq!(direct.err(), sdk.err()),
        }
    }
    assert!(written > scaled(20_000), "{written}");
}
