//! Reads by key: point reads.

use crate::client::{Inner, charge, id, partition};
use crate::document::Document;
use crate::error::error;
use azure_data_cosmos::CosmosError;
use futures_util::StreamExt as _;
use futures_util::stream;
use monotable_core::request::{BatchFetched, BatchGet, Fetched, Get, PrimaryKey};
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Result};

/// How many point reads of one batch are sent at the same time.
const AT_ONCE: usize = 16;

/// Reads one item.
pub(crate) async fn get(backend: &Inner, request: Get) -> Result<Fetched<Document>> {
    point_read(backend, request.table, &request.key, request.consistent).await
}

/// Reads the document with this key, and keeps it for a write that follows.
pub(crate) async fn point_read(
    backend: &Inner,
    table: &TableDef,
    key: &PrimaryKey,
    consistent: bool,
) -> Result<Fetched<Document>> {
    let id = id(table, &key.sk)?;
    let options = backend.reading(consistent);
    let container = backend.container.client(table.pk).await?;
    let answer = container.read_item(partition(&key.pk), &id, Some(options)).await;
    match answer {
        Ok(answer) => {
            let cost = backend.charged(answer.headers());
            let etag = answer.headers().etag().cloned();
            let body = answer.into_body().single().map_err(error)?;
            let document = Document::of_answer(&body, etag)?;
            backend.recent.keep(key, &document);
            Ok(Fetched::new(Some(document), cost))
        }
        Err(failed) if is_missing_item(&failed) => {
            backend.recent.forget(key);
            Ok(Fetched::new(None, failed_cost(&failed)))
        }
        Err(failed) => Err(error(failed)),
    }
}

/// Returns what a refused request was charged.
pub(crate) fn failed_cost(failed: &CosmosError) -> Cost {
    let headers = failed.response().map(|answer| answer.headers().clone().into());
    headers.map_or(Cost::ZERO, |headers| charge(&headers))
}

/// Returns whether the service says that there is no such document. A missing container has a substatus of its own.
pub(crate) fn is_missing_item(failed: &CosmosError) -> bool {
    let status = failed.status();
    let sub = status.sub_status().map_or(0, |sub| sub.value());
    status.is_not_found() && failed.is_from_wire() && (sub == 0)
}

/// Reads items, a few at the same time. Those whose read is throttled are left unprocessed.
pub(crate) async fn batch_get(
    backend: &Inner,
    request: BatchGet,
) -> Result<BatchFetched<Document>> {
    let (table, consistent) = (request.table, request.consistent);
    let mut reads = stream::iter(request.keys)
        .map(|key| async move {
            let read = point_read(backend, table, &key, consistent).await;
            (key, read)
        })
        .buffer_unordered(AT_ONCE);
    let mut fetched = BatchFetched::new(Vec::new(), Vec::new(), Cost::ZERO);
    let mut failed = None;
    while let Some((key, read)) = reads.next().await {
        match read {
            Ok(found) => {
                fetched.items.extend(found.item);
                fetched.cost += found.cost;
            }
            Err(error) if error.is_throttled() => fetched.unprocessed.push(key),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(fetched),
    }
}
