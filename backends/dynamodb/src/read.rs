//! Reads by key: the calls `GetItem` and `BatchGetItem`.

use crate::direct::{operation, send};
use crate::error::incomplete;
use crate::expr::{Placeholders, check_length};
use crate::{Attributes, DynamoDb, cost, key};
use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnConsumedCapacity};
use monotable_core::Result;
use monotable_core::request::{BatchFetched, BatchGet, Fetched, Get};

/// Reads one item.
pub(crate) async fn get(backend: &DynamoDb, request: Get) -> Result<Fetched<Attributes>> {
    let mut to = Placeholders::default();
    let attributes = request.attributes.as_deref().map(|names| to.list(names));
    check_length("projection", request.entity, attributes.as_deref())?;
    let call = backend
        .client
        .get_item()
        .table_name(backend.table_name())
        .set_key(Some(key::primary(request.table, &request.key)))
        .set_projection_expression(attributes)
        .set_expression_attribute_names(to.names())
        .set_consistent_read(request.consistent.then_some(true))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, mut items) = send!(backend, backend.outgoing(&operation::GET_ITEM), call);
    let answer = answer.map_err(|failed| backend.error(failed))?;
    let cost = cost::read(&answer.consumed_capacity);
    Ok(Fetched::new(items.one(answer.item), cost))
}

/// Reads items in one call.
pub(crate) async fn batch_get(
    backend: &DynamoDb,
    request: BatchGet,
) -> Result<BatchFetched<Attributes>> {
    let table = request.table;
    let keys = request.keys.iter().map(|key| key::primary(table, key)).collect();
    let keys = KeysAndAttributes::builder()
        .set_keys(Some(keys))
        .set_consistent_read(request.consistent.then_some(true))
        .build()
        .map_err(incomplete)?;
    let call = backend
        .client
        .batch_get_item()
        .request_items(backend.table_name(), keys)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, backend.outgoing(&operation::BATCH_GET_ITEM), call);
    let answer = answer.map_err(|failed| backend.error(failed))?;
    let cost = cost::read(answer.consumed_capacity());
    // Only one table was read, so its name in the answer does not matter.
    let read = answer.responses.into_iter().flat_map(|tables| tables.into_values()).flatten();
    let unprocessed = answer.unprocessed_keys.into_iter().flat_map(|tables| tables.into_values());
    let unprocessed = unprocessed.flat_map(|rest| rest.keys);
    let unprocessed = unprocessed.map(|key| key::read_primary(table, &key));
    let unprocessed = unprocessed.collect::<Result<_>>()?;
    Ok(BatchFetched::new(items.all(read), unprocessed, cost))
}
