//! Each error of Cosmos DB and of the SDK has a kind, and a message that says what to do.

use crate::support::Emulator;
use azure_data_cosmos::fault_injection::{
    CustomResponseBuilder, FaultInjectionConditionBuilder, FaultInjectionErrorType,
    FaultInjectionResult, FaultInjectionResultBuilder, FaultInjectionRule,
    FaultInjectionRuleBuilder, FaultOperationType,
};
use monotable::prelude::*;
use monotable::{Error, Kind, Meter};
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "PAGE#{page}")]
#[access(pages)]
struct Note {
    id: String,
    page: u32,
    text: String,
}

fn rule(
    of: FaultOperationType,
    result: FaultInjectionResult,
    times: Option<u32>,
) -> Arc<FaultInjectionRule> {
    let condition = FaultInjectionConditionBuilder::new().with_operation_type(of).build();
    let rule = FaultInjectionRuleBuilder::new("fault", result).with_condition(condition);
    Arc::new(times.into_iter().fold(rule, FaultInjectionRuleBuilder::with_hit_limit).build())
}

/// An answer with this status and sub-status.
fn answer(status: u16, sub: u16) -> FaultInjectionResult {
    let answer = CustomResponseBuilder::new(status.into()).with_sub_status(sub);
    let answer = answer.with_header("x-ms-retry-after-ms", "1").with_body("{}").build();
    FaultInjectionResultBuilder::new().with_custom_response(answer).build()
}

fn fault(fault: FaultInjectionErrorType) -> FaultInjectionResult {
    FaultInjectionResultBuilder::new().with_error(fault).build()
}

/// A table whose operations of one kind get this result, each time or a few times.
async fn notes(
    of: FaultOperationType,
    result: FaultInjectionResult,
    times: Option<u32>,
) -> (Table<Notes, Cosmos>, Arc<FaultInjectionRule>) {
    let rule = rule(of, result, times);
    let emulator = Emulator::with_faults(vec![Arc::clone(&rule)]).await;
    let container = emulator.container("notes", "/pk").await;
    (Notes::on(Cosmos::new(container)), rule)
}

fn note() -> Note {
    Note { id: "a".into(), page: 1, text: "b".into() }
}

/// The error of a read with this result.
async fn read(result: FaultInjectionResult) -> Error {
    let (notes, rule) = notes(FaultOperationType::ReadItem, result, None).await;
    let error = Note::get("a", 1_u32).send(&notes).await.unwrap_err();
    assert!(rule.hit_count() > 0);
    assert!(std::error::Error::source(&error).is_some(), "{error:?}");
    error
}

/// The error of a put with this result.
async fn write(result: FaultInjectionResult) -> Error {
    let (notes, _) = notes(FaultOperationType::UpsertItem, result, None).await;
    note().put().send(&notes).await.unwrap_err()
}

#[tokio::test]
async fn answers() {
    for (status, sub, kind, says) in [
        (400, 0, Kind::InvalidRequest, "refuses the request (400)"),
        (400, 1001, Kind::SchemaMismatch, "partitioned by another path"),
        (401, 0, Kind::Unauthorized, "does not accept the credentials (401): check the key"),
        (403, 0, Kind::Unauthorized, "Cosmos DB Built-in Data Contributor"),
        (403, 5300, Kind::Unauthorized, "Cosmos DB Built-in Data Contributor"),
        (403, 1014, Kind::TooLarge, "the partition has 20 GB"),
        (404, 1003, Kind::TableMissing, "the container or the database does not exist"),
        (413, 0, Kind::TooLarge, "split the item"),
        (429, 3200, Kind::Throttled, "give the container more request units"),
        (500, 0, Kind::Unavailable, "Cosmos DB failed (500)"),
    ] {
        for error in [read(answer(status, sub)).await, write(answer(status, sub)).await] {
            assert_eq!(error.kind(), kind, "{status}/{sub}: {error}");
            assert!(error.to_string().contains(says), "{status}/{sub}: {error}");
            assert!(error.to_string().contains("Note"), "{error}");
        }
    }
}

#[tokio::test]
async fn faults() {
    use FaultInjectionErrorType as Fault;
    for (error, says) in [
        (Fault::Timeout, "did not answer in time (408)"),
        (Fault::PartitionIsGone, "Cosmos DB failed (410)"),
        (Fault::ServiceUnavailable, "Cosmos DB failed (503)"),
        (Fault::InternalServerError, "Cosmos DB failed (500)"),
        (Fault::ConnectionError, "cannot be reached"),
        (Fault::ResponseTimeout, "its answer was lost"),
    ] {
        for failed in [read(fault(error)).await, write(fault(error)).await] {
            assert!(failed.is_unavailable() && failed.is_outcome_unknown(), "{error}: {failed}");
            assert!(failed.to_string().contains(says), "{error}: {failed}");
            assert!(failed.to_string().contains("may have happened"), "{error}: {failed}");
        }
    }
}

#[tokio::test]
async fn regions() {
    let failed = write(fault(FaultInjectionErrorType::WriteForbidden)).await;
    assert!(failed.is_unavailable(), "{failed}");
    assert!(failed.to_string().contains("no region of the account takes writes"), "{failed}");
    let failed = read(fault(FaultInjectionErrorType::ReadSessionNotAvailable)).await;
    assert!(failed.is_unavailable(), "{failed}");
    assert!(failed.to_string().contains("no region has the writes of the session"), "{failed}");
}

#[tokio::test]
async fn a_query_says_the_same() {
    let (notes, _) = notes(FaultOperationType::QueryItem, answer(403, 0), None).await;
    let error = Note::pages("a").all(&notes).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert!(error.to_string().contains("Note::pages"), "{error}");
}

#[tokio::test]
async fn a_transaction_says_the_same() {
    for (status, sub, kind) in [
        (404, 1003, Kind::TableMissing),
        (403, 0, Kind::Unauthorized),
        (413, 0, Kind::TooLarge),
        (429, 3200, Kind::Throttled),
        (500, 0, Kind::Unavailable),
    ] {
        let (notes, _) = notes(FaultOperationType::BatchItem, answer(status, sub), None).await;
        let transaction = notes.transaction_in(Note::partition("a")).add(note().create());
        let error = transaction.send().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status}/{sub}: {error}");
        let gets = (Note::get("a", 1_u32), Note::get("a", 2_u32));
        let read = notes.transact_get_in(Note::partition("a"), gets).send().await;
        match status {
            // If the answer would be too large, the items are read by queries.
            413 => assert_eq!(read.unwrap(), (None, None)),
            _ => assert_eq!(read.unwrap_err().kind(), kind, "{status}/{sub}"),
        }
    }
}

#[tokio::test]
async fn a_request_that_is_throttled_is_sent_again_when_the_service_says() {
    for (of, times) in [(FaultOperationType::UpsertItem, 3), (FaultOperationType::ReadItem, 3)] {
        for result in [answer(429, 3200), answer(449, 0)] {
            let (notes, rule) = notes(of, result, Some(times)).await;
            note().put().send(&notes).await.unwrap();
            assert_eq!(Note::get("a", 1_u32).send(&notes).await.unwrap(), Some(note()));
            assert_eq!(rule.hit_count(), times);
        }
    }
}

#[tokio::test]
async fn refused_requests_are_charged() {
    let refused = |status: u16| {
        let answer = CustomResponseBuilder::new(status.into()).with_body("{}");
        let answer = answer.with_header("x-ms-request-charge", "100").build();
        FaultInjectionResultBuilder::new().with_custom_response(answer).build()
    };
    let meter = Meter::new();
    let charge = || meter.take().request_units.get();
    let (table, _) = notes(FaultOperationType::CreateItem, refused(409), Some(1)).await;
    note().create().send(&table.metered(&meter)).await.unwrap();
    assert!(charge() > 100.0);
    let (table, _) = notes(FaultOperationType::ReplaceItem, refused(412), Some(1)).await;
    note().put().send(&table).await.unwrap();
    let update = Note::key("a", 1_u32).update().set(Note::TEXT, "c").when(Note::TEXT.eq("b"));
    update.send(&table.metered(&meter)).await.unwrap();
    assert!(charge() > 100.0);
    let (table, _) = notes(FaultOperationType::DeleteItem, refused(404), Some(1)).await;
    Note::key("a", 1_u32).delete().send(&table.metered(&meter)).await.unwrap();
    assert!(charge() >= 100.0);
}

#[tokio::test]
async fn a_container_that_may_not_be_created_is_described() {
    // Rules have no name for the creation of a container, so every request is forbidden but the one before it.
    let missing = rule(FaultOperationType::MetadataReadContainer, answer(404, 0), None);
    let forbidden = FaultInjectionRuleBuilder::new("forbidden", answer(403, 5300)).build();
    let forbidden = Arc::new(forbidden);
    forbidden.disable();
    let emulator = Emulator::with_faults(vec![missing, Arc::clone(&forbidden)]).await;
    let notes = Notes::on(emulator.named("notes"));
    forbidden.enable();
    let error = notes.create_if_missing().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(
        error.to_string(),
        "Notes::create_if_missing: these credentials may not create container `notes` (403), as is always so with a \
         credential of Entra ID: create it with the account's key, or by `az cosmosdb sql container create \
         --account-name NAME --resource-group GROUP \
         --database-name db --name notes --partition-key-path /pk --idx '{\"automatic\":true,\"indexingMode\":\
         \"consistent\",\"includedPaths\":[{\"path\":\"/pk/?\"},{\"path\":\"/sk/?\"}],\"excludedPaths\":\
         [{\"path\":\"/*\"}]}'`"
    );
}

#[tokio::test]
async fn another_process_creates_the_container_at_the_same_time() {
    for (partition_key, is_fine) in [("/pk", true), ("/other", false)] {
        // It was not there when it was asked for, and is there when it is created.
        let missing = rule(FaultOperationType::MetadataReadContainer, answer(404, 0), Some(1));
        let emulator = Emulator::with_faults(vec![Arc::clone(&missing)]).await;
        emulator.server.store().create_container("db", "notes", partition_key.into());
        let created = Notes::on(emulator.named("notes")).create_if_missing().await;
        assert_eq!(missing.hit_count(), 1);
        match created {
            Ok(()) => assert!(is_fine),
            Err(error) => assert!(!is_fine && error.is_schema_mismatch(), "{error}"),
        }
    }
}
