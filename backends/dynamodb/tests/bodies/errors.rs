//! Each error of DynamoDB and of the SDK has a kind, and a message that says what to do.

use crate::support::{
    Answer, PLAIN, Wire, backend, config, key, refusal, wire, without_credentials,
};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::result::ConnectorError;
use monotable_core::expr::{Action, Path, Step};
use monotable_core::request::{Get, Update};
use monotable_core::value::Number;
use monotable_core::{Backend as _, Error, Kind};
use monotable_dynamodb::DynamoDb;

/// The error of a get with this answer.
async fn failed(answer: Answer) -> Error {
    let (backend, _) = backend([answer]);
    get(&backend).await
}

async fn get(backend: &DynamoDb) -> Error {
    let error = backend.get(Get::new(&PLAIN, "Order", key("a", "b"))).await.unwrap_err();
    assert!(std::error::Error::source(&error).is_some(), "{error:?}");
    error
}

fn without_region(wire: &Wire) -> DynamoDb {
    DynamoDb::new(Client::from_conf(config(wire).region(None::<Region>).build()), "shop-test")
}

#[tokio::test]
async fn refusals() {
    for (code, message, kind, says) in [
        ("ProvisionedThroughputExceededException", "slow", Kind::Throttled, "try again later"),
        ("RequestLimitExceeded", "slow", Kind::Throttled, "try again later"),
        ("ThrottlingException", "slow", Kind::Throttled, "(slow)"),
        (
            "ResourceNotFoundException",
            "Requested resource not found",
            Kind::TableMissing,
            "table `shop-test` does not exist in region eu-central-1: create it with \
             `create_if_missing()`",
        ),
        (
            "ValidationException",
            "The provided key element does not match the schema",
            Kind::SchemaMismatch,
            "table `shop-test` differs from the declared one",
        ),
        (
            "ValidationException",
            "The table does not have the specified index: by_status",
            Kind::SchemaMismatch,
            "by_status",
        ),
        (
            "ValidationException",
            "Invalid FilterExpression: The expression contains too many operators; operator \
             count: 301",
            Kind::TooLarge,
            "operator count: 301",
        ),
        (
            "ValidationException",
            "Item size has exceeded the maximum allowed size",
            Kind::TooLarge,
            "split it",
        ),
        (
            "ValidationException",
            "The provided starting key is outside query boundaries based on provided conditions",
            Kind::InvalidCursor,
            "start again",
        ),
        ("ValidationException", "other", Kind::InvalidRequest, "refuses the request: other"),
        ("ItemCollectionSizeLimitExceededException", "large", Kind::TooLarge, "split it"),
        ("TransactionConflictException", "ongoing", Kind::Conflict, "try again"),
        ("ReplicatedWriteConflictException", "ongoing", Kind::Conflict, "try again"),
        ("AccessDeniedException", "no right", Kind::Unauthorized, "IAM policy"),
        ("UnrecognizedClientException", "bad token", Kind::Unauthorized, "check the access key"),
        ("ExpiredTokenException", "too old", Kind::Unauthorized, "have expired: too old"),
        ("SomethingNewException", "surprise", Kind::InvalidRequest, "SomethingNewException"),
    ] {
        let error = failed(refusal(code, message)).await;
        assert_eq!(error.kind(), kind, "{code}: {error}");
        assert!(error.to_string().contains(says), "{code}: {error}");
    }
}

#[tokio::test]
async fn a_service_that_fails() {
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}"#;
    for (status, body) in [(500, body), (503, "{}"), (502, "<html>"), (200, "<html>")] {
        let error = failed(Answer::Http(status, body.to_owned())).await;
        assert!(error.is_unavailable(), "{error}");
        assert!(error.to_string().contains(&format!("HTTP status {status}")), "{error}");
        assert!(error.to_string().contains("may have happened"), "{error}");
    }
    let error = failed(Answer::Http(404, "{}".to_owned())).await;
    assert!(error.is_unavailable() && error.to_string().contains("check the network"), "{error}");
}

#[tokio::test]
async fn a_request_that_is_too_large_for_what_is_in_front() {
    for body in ["", "{}", "<html>"] {
        let error = failed(Answer::Http(413, body.to_owned())).await;
        assert!(error.is_too_large(), "{body}: {error}");
        assert!(error.to_string().contains("split it"), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_fails() {
    let io = || std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
    let error = failed(Answer::Broken(ConnectorError::io(io().into()))).await;
    assert!(error.is_unavailable(), "{error}");
    assert!(error.to_string().contains("cannot be reached"), "{error}");
    assert!(error.to_string().contains("AWS_ENDPOINT_URL"), "{error}");

    let error = failed(Answer::Broken(ConnectorError::other(io().into(), None))).await;
    assert!(error.is_unavailable() && error.to_string().contains("may have happened"), "{error}");

    let error = failed(Answer::Broken(ConnectorError::timeout(io().into()))).await;
    assert!(error.is_unavailable(), "{error}");
    assert!(error.to_string().contains("did not answer in time"), "{error}");
    assert!(error.to_string().contains("may have happened"), "{error}");
}

#[tokio::test]
async fn no_credentials() {
    let config = without_credentials(&wire([])).build();
    let backend = DynamoDb::new(Client::from_conf(config), "shop-test");
    let error = get(&backend).await;
    assert!(error.is_unauthorized(), "{error:?}");
    assert!(error.to_string().starts_with("no credentials were found: set "), "{error}");
}

#[tokio::test]
async fn no_region() {
    let error = get(&without_region(&wire([]))).await;
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().starts_with("no region is set: set `AWS_REGION`"), "{error}");
}

#[tokio::test]
async fn an_update_names_the_places() {
    let message = "The document path provided in the update expression is invalid for update";
    let (backend, _) = backend([refusal("ValidationException", message)]);
    let inside = Path::attribute("counts").step(Step::Name("a".into()));
    let actions = vec![Action::Add(inside, Number::from(1_u64))];
    let update = Update::new(&PLAIN, "Order", key("a", "b"), actions);
    let error = backend.update(update).await.unwrap_err();
    assert!(error.is_invalid_request());
    let said = "`counts.a` cannot be changed, because the item has no document or map at `counts`: set the \
                whole `counts`, or create it first";
    assert!(error.to_string().contains(said), "{error}");
}

#[tokio::test]
async fn the_clients_retries_are_kept() {
    let slow = || refusal("ThrottlingException", "slow");
    let wire = wire([slow(), slow(), slow()]);
    let config = config(&wire).retry_config(RetryConfig::standard().with_max_attempts(3)).build();
    let error = get(&DynamoDb::new(Client::from_conf(config), "shop-test")).await;
    assert!(error.is_throttled());
    assert_eq!(wire.sent().len(), 3);
}
