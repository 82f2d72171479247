//! Transactions: the calls `TransactGetItems` and `TransactWriteItems`.

mod reasons;

use crate::direct::{Outgoing, operation, send};
use crate::error::incomplete;
use crate::expr::Placeholders;
use crate::write::Expressions;
use crate::{Attributes, DynamoDb, cost, key};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsError as GetError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError as WriteError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Get, Put, ReturnConsumedCapacity, TransactGetItem, TransactWriteItem,
    Update,
};
use monotable_core::backend::Limits;
use monotable_core::request::{
    TransactFetched, TransactGet, TransactItem, TransactOutcome, TransactWrite, Transacted,
};
use monotable_core::{Cost, Error, Kind, Result};

/// Reads several items, as they were at one moment.
pub(crate) async fn get(
    backend: &DynamoDb,
    request: TransactGet,
) -> Result<TransactFetched<Attributes>> {
    let gets = request.gets.iter().map(|get| {
        let key = key::primary(get.table, &get.key);
        let mut to = Placeholders::default();
        let attributes = get.attributes.as_deref().map(|names| to.list(names));
        let get = Get::builder()
            .table_name(backend.table_name())
            .set_key(Some(key))
            .set_projection_expression(attributes)
            .set_expression_attribute_names(to.names());
        Ok(TransactGetItem::builder().get(get.build().map_err(incomplete)?).build())
    });
    let call = backend
        .client
        .transact_get_items()
        .set_transact_items(Some(gets.collect::<Result<_>>()?))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, mut items) =
        send!(backend, backend.outgoing(&operation::TRANSACT_GET_ITEMS), call);
    let answer = answer.map_err(|failed| match failed.as_service_error() {
        Some(GetError::TransactionCanceledException(cancelled)) => {
            let error = reasons::of_gets(backend, cancelled.cancellation_reasons());
            error.with_source(failed)
        }
        _ => backend.error(failed),
    })?;
    let cost = cost::read(answer.consumed_capacity());
    let responses = answer.responses.unwrap_or_default().into_iter();
    let found = responses.map(|response| items.one(response.item)).collect();
    Ok(TransactFetched::new(found, cost))
}

/// Makes all of the writes, or none.
///
/// DynamoDB does not report the cost of a cancelled transaction, so it counts as 0.
pub(crate) async fn write(
    backend: &DynamoDb,
    request: TransactWrite<Attributes>,
) -> Result<Transacted<Attributes>> {
    let mut outgoing = backend.outgoing(&operation::TRANSACT_WRITE_ITEMS);
    let writes = request.writes.iter().map(|write| item(backend, write, &mut outgoing));
    let call = backend
        .client
        .transact_write_items()
        .set_transact_items(Some(writes.collect::<Result<_>>()?))
        .client_request_token(request.token)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, outgoing, call);
    let failed = match answer {
        Ok(answer) => {
            let cost = cost::write(answer.consumed_capacity());
            return Ok(Transacted::new(TransactOutcome::Done, cost));
        }
        Err(failed) => failed,
    };
    let reasons = match failed.as_service_error() {
        Some(WriteError::TransactionCanceledException(cancelled)) => {
            reasons::of_writes(backend, &request.writes, cancelled.cancellation_reasons(), items)
        }
        _ => None,
    };
    match reasons {
        Some(reasons) => Ok(Transacted::new(TransactOutcome::Cancelled(reasons), Cost::ZERO)),
        None => Err(error(backend, &request.writes, failed)),
    }
}

/// The error of a transaction that failed as a whole, or was cancelled without reasons.
fn error(
    backend: &DynamoDb,
    writes: &[TransactItem<Attributes>],
    failed: SdkError<WriteError>,
) -> Error {
    if let Some(WriteError::TransactionCanceledException(_)) = failed.as_service_error() {
        return reasons::untold().with_source(failed);
    }
    let actions = writes.iter().flat_map(|write| match write {
        TransactItem::Update(update) => update.actions.as_slice(),
        _ => &[],
    });
    backend.place(&actions.cloned().collect::<Vec<_>>()).error(failed)
}

fn item(
    backend: &DynamoDb,
    write: &TransactItem<Attributes>,
    outgoing: &mut Outgoing,
) -> Result<TransactWriteItem> {
    let item = TransactWriteItem::builder();
    Ok(match write {
        TransactItem::Put(put) => {
            Limits::DYNAMODB.check_item(put.entity, &put.key, &put.item)?;
            let with = Expressions::of_put(put)?;
            let put = Put::builder()
                .table_name(backend.table_name())
                .set_item(Some(outgoing.add(put.item.clone())))
                .set_condition_expression(with.condition)
                .set_expression_attribute_names(with.names)
                .set_expression_attribute_values(with.values)
                .set_return_values_on_condition_check_failure(with.on_refusal);
            item.put(put.build().map_err(incomplete)?)
        }
        TransactItem::Update(update) => {
            let with = Expressions::of_update(update)?;
            let Some(expression) = with.update else {
                let message = format!(
                    "{} `{}`: an update without changes cannot be in a transaction; leave it out, or \
                     check a condition instead",
                    update.entity, update.key
                );
                return Err(Error::new(Kind::InvalidRequest, message));
            };
            let update = Update::builder()
                .table_name(backend.table_name())
                .set_key(Some(key::primary(update.table, &update.key)))
                .update_expression(expression)
                .set_condition_expression(with.condition)
                .set_expression_attribute_names(with.names)
                .set_expression_attribute_values(with.values)
                .set_return_values_on_condition_check_failure(with.on_refusal);
            item.update(update.build().map_err(incomplete)?)
        }
        TransactItem::Delete(delete) => {
            let with = Expressions::of_delete(delete)?;
            let delete = Delete::builder()
                .table_name(backend.table_name())
                .set_key(Some(key::primary(delete.table, &delete.key)))
                .set_condition_expression(with.condition)
                .set_expression_attribute_names(with.names)
                .set_expression_attribute_values(with.values)
                .set_return_values_on_condition_check_failure(with.on_refusal);
            item.delete(delete.build().map_err(incomplete)?)
        }
        TransactItem::Check(check) => {
            let with = Expressions::of_check(check)?;
            let check = ConditionCheck::builder()
                .table_name(backend.table_name())
                .set_key(Some(key::primary(check.table, &check.key)))
                .set_condition_expression(with.condition)
                .set_expression_attribute_names(with.names)
                .set_expression_attribute_values(with.values)
                .set_return_values_on_condition_check_failure(with.on_refusal);
            item.condition_check(check.build().map_err(incomplete)?)
        }
    }
    .build())
}
