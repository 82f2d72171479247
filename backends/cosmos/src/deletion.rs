//! Deletions of items of which index workers have to learn.
//!
//! The change feed of a container tells what was written, and not what was deleted. So if a handle has an index with a
//! container of its own, it deletes an item and writes a note about it in one transactional batch. The note is a
//! document of the same partition, without a sort key, which expires after a while. The feed has it, and no read finds
//! it.

use crate::client::{Inner, operation, partition};
use crate::document::names::{self, INDEX, OPERATION};
use crate::error::{error, was_ambiguous};
use crate::index_ids as ids;
use crate::read::is_missing_item;
use azure_core::http::Etag;
use azure_data_cosmos::TransactionalBatch;
use azure_data_cosmos::options::{BatchDeleteOptions, BatchOptions, Precondition};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Error, Kind, Result};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a note is kept: how long a worker may stand still without missing a deletion.
pub(crate) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The entry of a note with the sort key of the deleted item.
pub(crate) const SORT_KEY: &str = "deleted";

/// A deletion of one item.
pub(crate) struct Deletion<'a> {
    pub(crate) table: &'static TableDef,
    pub(crate) key: &'a PrimaryKey,
    /// The id of its document.
    pub(crate) id: &'a str,
    /// The ETag that the document has to have.
    pub(crate) etag: Option<&'a Etag>,
    /// The name of the write.
    pub(crate) operation: &'a str,
}

/// How a deletion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deleted {
    Done,
    /// There is no item.
    Missing,
    /// The item has changed.
    Changed,
    /// The item is missing or has changed, and an earlier attempt of the SDK may have been made.
    Unknown,
}

impl Deletion<'_> {
    /// Deletes the item, and notes it.
    pub(crate) async fn send(&self, backend: &Inner) -> Result<(Deleted, Cost)> {
        let mut options = BatchDeleteOptions::default();
        if let Some(etag) = self.etag {
            options = options.with_precondition(Precondition::if_match(etag.clone()));
        }
        let batch = TransactionalBatch::new(partition(&self.key.pk))
            .delete_item(self.id.to_owned(), Some(options))
            .upsert_item(note(self.table, self.key, self.operation), None)
            .map_err(error)?;
        let sent = BatchOptions::default().with_operation_options(operation());
        let container = backend.container.client(self.table.pk).await?;
        let answer = container.execute_transactional_batch(batch, Some(sent)).await;
        let answer = answer.map_err(error)?;
        let cost = backend.charged(answer.headers());
        let is_ambiguous = was_ambiguous(&answer.diagnostics());
        let answer = answer.into_model().map_err(error)?;
        let failed = answer.results().iter().find(|result| {
            // The others fail because of it.
            !result.is_success() && result.status_code() != 424
        });
        let deleted = match failed.map(|result| result.status_code()) {
            None => Deleted::Done,
            Some(404 | 412) if is_ambiguous => Deleted::Unknown,
            Some(404) => Deleted::Missing,
            Some(412) => Deleted::Changed,
            Some(code) => return Err(refused(self.key, code)),
        };
        Ok((deleted, cost))
    }
}

/// Returns whether the note about the last deletion of an item names this write. Then a deletion that found no item is
/// the second attempt of one whose answer was lost.
pub(crate) async fn is_noted(
    backend: &Inner,
    table: &TableDef,
    key: &PrimaryKey,
    operation: &str,
) -> Result<bool> {
    let id = ids::of_deleted(table, &key.sk);
    // The lost answer had the session token.
    let options = Some(backend.reading(true));
    let container = backend.container.client(table.pk).await?;
    match container.read_item(partition(&key.pk), &id, options).await {
        Ok(answer) => {
            backend.charged(answer.headers());
            let note: Value = answer.into_model().map_err(error)?;
            Ok(note.get(OPERATION).and_then(Value::as_str) == Some(operation))
        }
        Err(failed) if is_missing_item(&failed) => Ok(false),
        Err(failed) => Err(error(failed)),
    }
}

/// Returns the note that an item was deleted, by the write with this name.
pub(crate) fn note(table: &TableDef, key: &PrimaryKey, operation: &str) -> Value {
    json!({
        "id": ids::of_deleted(table, &key.sk),
        "ttl": KEPT.as_secs(),
        OPERATION: operation,
        INDEX: { SORT_KEY: key.sk },
        (names::stored(table.pk)): key.pk,
    })
}

fn refused(key: &PrimaryKey, code: u16) -> Error {
    let (kind, why) = match code {
        429 => (Kind::Throttled, "asks for fewer requests"),
        408 | 410 | 449 | 500.. => (Kind::Unavailable, "could not do it now"),
        _ => (Kind::InvalidRequest, "refuses it"),
    };
    Error::new(kind, format!("{key} was not deleted: Cosmos DB {why} ({code})"))
}
