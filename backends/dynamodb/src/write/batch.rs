//! Batches of writes: the call `BatchWriteItem`.

use crate::direct::{Outgoing, operation, send};
use crate::error::incomplete;
use crate::{Attributes, DynamoDb, cost, key};
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, ReturnConsumedCapacity, WriteRequest};
use monotable_core::backend::Limits;
use monotable_core::request::{BatchItem, BatchWrite, BatchWritten, PrimaryKey};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};

/// Writes items in one call.
pub(crate) async fn batch_write(
    backend: &DynamoDb,
    request: BatchWrite<Attributes>,
) -> Result<BatchWritten> {
    let table = request.table;
    let mut keys = Vec::with_capacity(request.writes.len());
    let mut outgoing = backend.outgoing(&operation::BATCH_WRITE_ITEM);
    let writes =
        request.writes.into_iter().map(|write| plain(table, write, &mut outgoing, &mut keys));
    let call = backend
        .client
        .batch_write_item()
        .request_items(backend.table_name(), writes.collect::<Result<_>>()?)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, _) = send!(backend, outgoing, call);
    let answer = answer.map_err(|failed| backend.error(failed))?;
    let cost = cost::write(answer.consumed_capacity());
    // Only one table was written to, so its name in the answer does not matter.
    let rest = answer.unprocessed_items.into_iter().flat_map(|tables| tables.into_values());
    let unprocessed = rest.flatten().map(|write| place(table, &keys, &write));
    Ok(BatchWritten::new(unprocessed.collect::<Result<_>>()?, cost))
}

fn plain(
    table: &TableDef,
    write: BatchItem<Attributes>,
    outgoing: &mut Outgoing,
    keys: &mut Vec<PrimaryKey>,
) -> Result<WriteRequest> {
    let request = WriteRequest::builder();
    Ok(match write {
        BatchItem::Put { entity, key, item, .. } => {
            Limits::DYNAMODB.check_item(entity, &key, &item)?;
            keys.push(key);
            let put = PutRequest::builder().set_item(Some(outgoing.add(item)));
            request.put_request(put.build().map_err(incomplete)?).build()
        }
        BatchItem::Delete { key, .. } => {
            let delete = DeleteRequest::builder().set_key(Some(key::primary(table, &key)));
            keys.push(key);
            request.delete_request(delete.build().map_err(incomplete)?).build()
        }
    })
}

/// The place in the request of an unprocessed write.
fn place(table: &TableDef, keys: &[PrimaryKey], write: &WriteRequest) -> Result<usize> {
    let item = write.put_request().map(PutRequest::item);
    let item = item.or(write.delete_request().map(DeleteRequest::key));
    let key = item.map(|item| key::read_primary(table, item)).transpose()?;
    key.and_then(|key| keys.iter().position(|known| *known == key)).ok_or_else(|| {
        let message = "DynamoDB answered with an unprocessed write that was not in the batch: \
                       which writes were made is not known; read them back";
        Error::new(Kind::Unavailable, message)
    })
}
