//! The direct codec and the SDK's, on the same answer: for tests and for fuzzing.
// A panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::Attributes;
use crate::direct::interceptor::Deserializer;
#[cfg(fuzzing)]
use crate::direct::operation;
use crate::direct::operation::Operation;
use crate::direct::scope::{Answered, run};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsOutput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::DeserializeResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use monotable_core::backend::{Item as _, Readable as _};
use monotable_core::value::Map;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

type Answer = Result<Output, OrchestratorError<Error>>;

/// The operations whose answers have items, with the status of such an answer and how its items are taken.
#[cfg(fuzzing)]
pub(super) static ANSWERS: [(&Operation, Take, u16); 6] = [
    (&operation::GET_ITEM, get, 200),
    (&operation::QUERY, query, 200),
    (&operation::BATCH_GET_ITEM, batch_get, 200),
    (&operation::TRANSACT_GET_ITEMS, transact_get, 200),
    (&operation::PUT_ITEM, refused_put, 400),
    (&operation::TRANSACT_WRITE_ITEMS, cancelled, 400),
];

/// What of an answer is compared: its items, and the text of the rest.
pub(super) type Compared = (Vec<Option<Attributes>>, String);

/// Takes the items out of an answer, in the way in which the requests do.
pub(super) type Take = fn(Answer, Answered) -> Compared;

fn response(status: u16, body: &[u8]) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_vec()));
    response.headers_mut().insert("x-amzn-requestid", "R1");
    response
}

fn rest<T: Debug>(answer: Result<T, OrchestratorError<Error>>) -> String {
    format!("{answer:?}")
}

/// The text of a map, in the order of its names.
fn sorted<T: Debug>(map: Option<std::collections::HashMap<String, T>>) -> String {
    format!("{:?}", map.map(|map| map.into_iter().collect::<BTreeMap<_, _>>()))
}

pub(super) fn get(answer: Answer, mut items: Answered) -> Compared {
    let mut answer = answer.map(|output| output.downcast::<GetItemOutput>().unwrap());
    let item = answer.as_mut().ok().and_then(|answer| answer.item.take());
    (vec![items.one(item)], rest(answer))
}

pub(super) fn query(answer: Answer, items: Answered) -> Compared {
    let mut answer = answer.map(|output| output.downcast::<QueryOutput>().unwrap());
    let found = answer.as_mut().ok().and_then(|answer| answer.items.take());
    let last = answer.as_mut().ok().and_then(|answer| answer.last_evaluated_key.take());
    let found = items.all(found.unwrap_or_default()).into_iter().map(Some).collect();
    (found, rest(answer) + &sorted(last))
}

pub(super) fn batch_get(answer: Answer, items: Answered) -> Compared {
    let mut answer = answer.map(|output| output.downcast::<BatchGetItemOutput>().unwrap());
    let tables = answer.as_mut().ok().and_then(|answer| answer.responses.take());
    let unprocessed = answer.as_mut().ok().and_then(|answer| answer.unprocessed_keys.take());
    let mut tables: Vec<_> = tables.unwrap_or_default().into_iter().collect();
    tables.sort_by(|a, b| a.0.cmp(&b.0));
    let found = items.all(tables.into_iter().flat_map(|(_, items)| items));
    let keys =
        unprocessed.map(|tables| tables.into_values().map(|keys| keys.keys).collect::<Vec<_>>());
    let keys = keys.unwrap_or_default().into_iter().flatten().map(Attributes::from).map(Some);
    (found.into_iter().map(Some).chain(keys).collect(), rest(answer))
}

pub(super) fn transact_get(answer: Answer, mut items: Answered) -> Compared {
    let mut answer = answer.map(|output| output.downcast::<TransactGetItemsOutput>().unwrap());
    let responses = answer.as_mut().ok().and_then(|answer| answer.responses.take());
    let responses = responses.unwrap_or_default().into_iter();
    (responses.map(|response| items.one(response.item)).collect(), rest(answer))
}

/// The error of an operation.
fn error<E: std::error::Error + Send + Sync + 'static>(answer: &Answer) -> Option<&E> {
    answer.as_ref().err()?.as_operation_error()?.downcast_ref()
}

pub(super) fn refused_put(answer: Answer, mut items: Answered) -> Compared {
    let error = error::<PutItemError>(&answer).unwrap();
    let item = match error {
        PutItemError::ConditionalCheckFailedException(refusal) => refusal.item.clone(),
        _ => None,
    };
    (vec![items.one(item)], format!("{:?}", error.meta()))
}

pub(super) fn cancelled(answer: Answer, mut items: Answered) -> Compared {
    let error = error::<TransactWriteItemsError>(&answer).unwrap();
    let mut rest = format!("{:?}", error.meta());
    let mut found = Vec::new();
    if let TransactWriteItemsError::TransactionCanceledException(cancelled) = error {
        for reason in cancelled.cancellation_reasons() {
            found.push(items.one(reason.item.clone()));
            rest += &format!("{:?} {:?}", reason.code(), reason.message());
        }
    }
    (found, rest)
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Any {
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Any>),
    Map(BTreeMap<String, Any>),
}

/// Fields that are often what an item has under their names.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Typed {
    pk: Option<String>,
    n: Option<f64>,
    i: Option<i64>,
    f: Option<Any>,
    list: Option<Vec<Option<Any>>>,
    map: Option<BTreeMap<String, Option<Any>>>,
    kind: Option<Result<String, u32>>,
}

/// Reads the same from both, in every way.
pub(super) fn same(direct: &Attributes, sdk: &Attributes) {
    fn read<T: DeserializeOwned>(item: &Attributes) -> Result<T, String> {
        item.decode().map_err(|error| error.to_string())
    }
    // A struct with two bad attributes may name either of them.
    fn kind<T>(read: Result<T, String>) -> Option<T> {
        read.ok()
    }
    let texts = |item: &Attributes, name: &str| item.text(name).map(str::to_owned);
    for name in sdk.as_map().keys().map(String::as_str).chain(["absent", ""]) {
        assert_eq!(texts(direct, name), texts(sdk, name), "{name}");
    }
    assert_eq!(direct.size().ok(), sdk.size().ok());
    assert_eq!(kind(read::<Map>(direct)), kind(read::<Map>(sdk)));
    assert_eq!(kind(read::<Typed>(direct)), kind(read::<Typed>(sdk)));
    type Floats = BTreeMap<String, Any>;
    assert_eq!(
        format!("{:?}", kind(read::<Floats>(direct))),
        format!("{:?}", kind(read::<Floats>(sdk)))
    );
    assert_eq!(direct.as_map(), sdk.as_map());
    assert_eq!(direct.clone().into_map(), *sdk.as_map());
}

/// Reads an answer with the direct codec and with the SDK alone. Returns how many items were read directly.
pub(super) fn compare(operation: &'static Operation, take: Take, status: u16, body: &[u8]) -> u64 {
    let cfg = ConfigBag::base();
    let answer = response(status, body);
    let sdk = operation.deserializer().unwrap().deserialize_nonstreaming_with_config(&answer, &cfg);
    let (direct, items) =
        run(|| Deserializer(operation).deserialize_nonstreaming_with_config(&answer, &cfg));
    let direct_items = items.len();
    let (wanted, wanted_rest) = take(sdk, Answered::default());
    let (found, rest) = take(direct, items);
    let shown = String::from_utf8_lossy(body);
    assert_eq!(rest, wanted_rest, "{shown}");
    assert_eq!(found.len(), wanted.len(), "{shown}");
    for (found, wanted) in found.iter().zip(&wanted) {
        match (found, wanted) {
            (Some(found), Some(wanted)) => same(found, wanted),
            (found, wanted) => assert_eq!(found.is_none(), wanted.is_none(), "{shown}"),
        }
    }
    direct_items
}
