//! Batches for stores that do not have them: one call for each item.

use super::Backend;
use crate::cost::Cost;
use crate::error::Result;
use crate::request::{
    BatchFetched, BatchGet, BatchItem, BatchWrite, BatchWritten, Delete, Get, Put,
};

/// Reads items one by one. Keys whose read the store throttles are left unprocessed.
pub(super) async fn batch_get<B: Backend>(
    backend: &B,
    request: BatchGet,
) -> Result<BatchFetched<B::Item>> {
    let mut fetched = BatchFetched::new(Vec::new(), Vec::new(), Cost::ZERO);
    for key in request.keys {
        let mut get = Get::new(request.table, request.entity, key.clone());
        get.consistent = request.consistent;
        match backend.get(get).await {
            Ok(found) => {
                fetched.items.extend(found.item);
                fetched.cost += found.cost;
            }
            Err(error) if error.is_throttled() => fetched.unprocessed.push(key),
            Err(error) => return Err(error),
        }
    }
    Ok(fetched)
}

/// Writes items one by one. Writes that the store throttles are left unprocessed.
///
/// If the first write fails, its error is returned, because nothing was written before it. If a later
/// write fails, it and all writes after it are left unprocessed.
pub(super) async fn batch_write<B: Backend>(
    backend: &B,
    request: BatchWrite<B::Item>,
) -> Result<BatchWritten> {
    let (table, count) = (request.table, request.writes.len());
    let mut written = BatchWritten::new(Vec::new(), Cost::ZERO);
    for (place, write) in request.writes.into_iter().enumerate() {
        let result = match write {
            BatchItem::Put { entity, key, item } => {
                backend.put(Put::new(table, entity, key, item)).await
            }
            BatchItem::Delete { entity, key } => {
                backend.delete(Delete::new(table, entity, key)).await
            }
        };
        match result {
            Ok(done) => written.cost += done.cost,
            Err(error) if error.is_throttled() => written.unprocessed.push(place),
            Err(error) if place == 0 => return Err(error),
            Err(_) => {
                written.unprocessed.extend(place..count);
                break;
            }
        }
    }
    Ok(written)
}
