//! Batches, which the SDK does not have: single writes, a few at the same time.

use super::{delete, put};
use crate::client::Inner;
use crate::document::Document;
use futures_util::StreamExt as _;
use futures_util::stream;
use monotable_core::request::{BatchItem, BatchWrite, BatchWritten, Delete, Put};
use monotable_core::{Cost, Result};

/// How many writes of one batch are sent at the same time.
const AT_ONCE: usize = 16;

/// Writes items one by one, a few at the same time. Those that are throttled are left unprocessed.
pub(crate) async fn batch_write(
    backend: &Inner,
    request: BatchWrite<Document>,
) -> Result<BatchWritten> {
    let table = request.table;
    let writes = request.writes.into_iter().enumerate();
    let mut writes = stream::iter(writes)
        .map(|(place, write)| async move {
            let written = match write {
                BatchItem::Put { entity, key, item, .. } => {
                    put(backend, Put::new(table, entity, key, item)).await
                }
                BatchItem::Delete { entity, key, .. } => {
                    delete(backend, Delete::new(table, entity, key)).await
                }
            };
            (place, written)
        })
        .buffer_unordered(AT_ONCE);
    let mut written = BatchWritten::new(Vec::new(), Cost::ZERO);
    let (mut failed, mut is_any_made) = (None, false);
    while let Some((place, result)) = writes.next().await {
        match result {
            Ok(done) => {
                is_any_made = true;
                written.cost += done.cost;
            }
            Err(error) => {
                written.unprocessed.push(place);
                if !error.is_throttled() {
                    failed = failed.or(Some(error));
                }
            }
        }
    }
    written.unprocessed.sort_unstable();
    match failed {
        // Nothing was written, so the error says all.
        Some(error) if !is_any_made => Err(error),
        _ => Ok(written),
    }
}
