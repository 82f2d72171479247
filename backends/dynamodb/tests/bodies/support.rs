//! A table, and a client that records its requests and gets prepared answers.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    AsyncSleep, BehaviorVersion, Builder, Config, Credentials, IdentityCache, Region, Sleep,
    StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use monotable_core::Backend as _;
use monotable_core::backend::Keyed;
use monotable_core::key::{Encoding, Segment};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::{EntityDef, IndexDef, IndexKey, Projection};
use monotable_core::schema::{Rules, TableDef};
use monotable_dynamodb::{Attributes, DirectCodec, DynamoDb};
use serde_json::Value as Json;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) static ALL: IndexDef = IndexDef::new("all", ["apk", "ask"], Projection::All);
pub(crate) static KEYS: IndexDef = IndexDef::new("keys", ["kpk", "ksk"], Projection::KeysOnly);
pub(crate) static SOME: IndexDef =
    IndexDef::new("some", ["spk", "ssk"], Projection::Include(&["name", "total"]));
static ORDER: EntityDef = EntityDef::new(
    "Order",
    [&[Segment::Literal("ORDER")], &[Segment::Literal("ORDER")]],
    &[IndexKey::new(&SOME, [&[Segment::Literal("ORDERS")], &[Segment::Literal("ORDER")]])],
    &["name", "total"],
)
.rules(Rules::new(None, true, &[]));
/// A table with three indexes, and items that expire.
pub(crate) static SHOP: TableDef = TableDef::new(
    "Shop",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&ALL, &KEYS, &SOME],
    &[&ORDER],
)
.ttl("expires");
/// A table without indexes and expiry.
pub(crate) static PLAIN: TableDef =
    TableDef::new("Plain", ["pk", "sk", "_type"], Encoding::Escaped, &[], &[]);

/// The prepared answer to a request.
pub(crate) enum Answer {
    /// An HTTP status, and a body.
    Http(u16, String),
    /// A connection that failed.
    Broken(ConnectorError),
}

pub(crate) fn ok(body: Json) -> Answer {
    Answer::Http(200, body.to_string())
}

/// An error answer in DynamoDB's format.
pub(crate) fn refusal(code: &str, message: &str) -> Answer {
    let mut body = serde_json::json!({ "message": message });
    body["__type"] = format!("com.amazonaws.dynamodb.v20120810#{code}").into();
    Answer::Http(400, body.to_string())
}

/// A request that was sent: the operation and the body.
pub(crate) type Sent = (String, Json);

/// The connection of a client, which records requests.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
    pauses: Vec<Duration>,
}

impl Wire {
    /// All requests that were sent.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().sent.clone()
    }

    /// The only request that was sent.
    pub(crate) fn only(&self) -> Sent {
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.remove(0)
    }

    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.0.lock().unwrap().pauses.clone()
    }
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire")
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap();
        let target = request.headers().get("x-amz-target").unwrap().to_owned();
        let body = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        state.sent.push((target, body));
        let answer = state.answers.pop_front().expect("no answer is left");
        HttpConnectorFuture::ready(match answer {
            Answer::Http(status, body) => {
                let status = StatusCode::try_from(status).unwrap();
                let mut answer = HttpResponse::new(status, SdkBody::from(body));
                answer.headers_mut().insert("content-type", "application/x-amz-json-1.0");
                Ok(answer)
            }
            Answer::Broken(error) => Err(error),
        })
    }
}

/// Records pauses, and does not wait.
impl AsyncSleep for Wire {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().unwrap().pauses.push(duration);
        Sleep::new(std::future::ready(()))
    }
}

/// A client with all settings, which sends each request once.
pub(crate) fn config(wire: &Wire) -> Builder {
    let credentials = Credentials::new("key", "secret", None, None, "test");
    without_credentials(wire).credentials_provider(credentials)
}

pub(crate) fn without_credentials(wire: &Wire) -> Builder {
    let wire = wire.clone();
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .retry_config(RetryConfig::disabled())
        // The following three would add pauses of their own.
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .sleep_impl(wire.clone())
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(wire.clone())))
}

pub(crate) fn wire(answers: impl IntoIterator<Item = Answer>) -> Wire {
    let wire = Wire::default();
    wire.0.lock().unwrap().answers.extend(answers);
    wire
}

/// A backend with these prepared answers. `MONOTABLE_DYNAMODB_CODEC` says how it reads and writes items:
/// `sdk` with the SDK's codec, `client` with a client that has the interceptor, and otherwise with a
/// client that has not.
pub(crate) fn backend(answers: impl IntoIterator<Item = Answer>) -> (DynamoDb, Wire) {
    let wire = wire(answers);
    let codec = std::env::var("MONOTABLE_DYNAMODB_CODEC").unwrap_or_default();
    let config = match codec.as_str() {
        "client" => config(&wire).interceptor(DirectCodec::new()),
        _ => config(&wire),
    };
    let backend = DynamoDb::new(Client::from_conf(config.build()), "shop-test");
    (if codec == "sdk" { backend.with_sdk_codec() } else { backend }, wire)
}

pub(crate) fn key(pk: &str, sk: &str) -> PrimaryKey {
    PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() }
}

/// An item with these attributes besides its primary key and tag.
pub(crate) fn item(pk: &str, sk: &str, others: &[(&str, &str)]) -> Attributes {
    let attributes = [("pk", pk), ("sk", sk), ("_type", "Order")];
    let fields: BTreeMap<&str, &str> = others.iter().copied().collect();
    backend([]).0.encode(&Keyed::new(&attributes, &fields)).unwrap()
}

/// The operation's name, from the header `x-amz-target`.
pub(crate) fn target(operation: &str) -> String {
    format!("DynamoDB_20120810.{operation}")
}
