//! Writes: the calls `PutItem`, `UpdateItem`, `DeleteItem` and `BatchWriteItem`.

mod batch;

pub(crate) use batch::batch_write;

use crate::direct::{Answered, operation, send};
use crate::expr::{self, Placeholders};
use crate::{Attributes, DynamoDb, cost, key};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    AttributeValue, ConsumedCapacity, ReturnConsumedCapacity, ReturnValue,
    ReturnValuesOnConditionCheckFailure as OnRefusal,
};
use monotable_core::Result;
use monotable_core::backend::{Item as _, Limits};
use monotable_core::expr::Expr;
use monotable_core::request::{
    Check, Delete, Outcome, PrimaryKey, Put, Returning, Update, Written,
};
use monotable_core::schema::TableDef;
use std::collections::HashMap;

/// The expressions of a write, as parameters of its call.
pub(crate) struct Expressions {
    pub(crate) update: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, AttributeValue>>,
    /// Whether to return the stored item if the condition does not hold. It is set if there is a
    /// condition, because the item explains why it did not hold.
    pub(crate) on_refusal: Option<OnRefusal>,
}

impl Expressions {
    /// Renders the expressions of a put.
    pub(crate) fn of_put(request: &Put<Attributes>) -> Result<Self> {
        let Put { table, entity, key, condition, .. } = request;
        Self::of(table, entity, key, condition.as_ref())
    }

    /// Renders the expressions of a delete.
    pub(crate) fn of_delete(request: &Delete) -> Result<Self> {
        let Delete { table, entity, key, condition, .. } = request;
        Self::of(table, entity, key, condition.as_ref())
    }

    fn of(
        table: &TableDef,
        entity: &str,
        key: &PrimaryKey,
        condition: Option<&Expr>,
    ) -> Result<Self> {
        let mut to = Placeholders::default();
        let condition = expr::condition(condition, table.tag, &mut to)?;
        Self::new(entity, key, None, condition, to)
    }

    /// Renders the expressions of an update.
    pub(crate) fn of_update(request: &Update) -> Result<Self> {
        let mut to = Placeholders::default();
        let update = expr::update(&request.actions, &mut to)?;
        let condition = request.condition.as_ref();
        let condition = expr::condition(condition, request.table.tag, &mut to)?;
        Self::new(request.entity, &request.key, update, condition, to)
    }

    /// Renders the expressions of a check.
    pub(crate) fn of_check(request: &Check) -> Result<Self> {
        let mut to = Placeholders::default();
        let condition = expr::check(&request.condition, request.table.tag, &mut to)?;
        Self::new(request.entity, &request.key, None, Some(condition), to)
    }

    fn new(
        entity: &str,
        key: &PrimaryKey,
        update: Option<String>,
        condition: Option<String>,
        to: Placeholders,
    ) -> Result<Self> {
        let what = format_args!("{entity} `{key}`");
        expr::check_length("update", what, update.as_deref())?;
        expr::check_length("condition", what, condition.as_deref())?;
        let on_refusal = condition.is_some().then_some(OnRefusal::AllOld);
        let names = to.names();
        Ok(Expressions { update, condition, names, values: to.into_values(), on_refusal })
    }
}

/// Writes one item.
pub(crate) async fn put(
    backend: &DynamoDb,
    request: Put<Attributes>,
) -> Result<Written<Attributes>> {
    let size = Limits::DYNAMODB.check_item(request.entity, &request.key, &request.item)?;
    let with = Expressions::of_put(&request)?;
    let mut outgoing = backend.outgoing(&operation::PUT_ITEM);
    let item = outgoing.add(request.item);
    let call = backend
        .client
        .put_item()
        .table_name(backend.table_name())
        .set_item(Some(item))
        .set_condition_expression(with.condition)
        .set_expression_attribute_names(with.names)
        .set_expression_attribute_values(with.values)
        .set_return_values_on_condition_check_failure(with.on_refusal)
        .set_return_values(old(request.returning))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, outgoing, call);
    match answer {
        Ok(answer) => Ok(done(items, answer.attributes, answer.consumed_capacity.as_ref())),
        Err(failed) => refused(items, failed, size)?.map_err(|failed| backend.error(failed)),
    }
}

/// Changes one item.
pub(crate) async fn update(backend: &DynamoDb, request: Update) -> Result<Written<Attributes>> {
    let with = Expressions::of_update(&request)?;
    let returning = match request.returning {
        Returning::Nothing => None,
        Returning::Old => Some(ReturnValue::AllOld),
        Returning::New => Some(ReturnValue::AllNew),
    };
    let call = backend
        .client
        .update_item()
        .table_name(backend.table_name())
        .set_key(Some(key::primary(request.table, &request.key)))
        .set_update_expression(with.update)
        .set_condition_expression(with.condition)
        .set_expression_attribute_names(with.names)
        .set_expression_attribute_values(with.values)
        .set_return_values_on_condition_check_failure(with.on_refusal)
        .set_return_values(returning)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, backend.outgoing(&operation::UPDATE_ITEM), call);
    match answer {
        Ok(answer) => Ok(done(items, answer.attributes, answer.consumed_capacity.as_ref())),
        Err(failed) => refused(items, failed, 0)?
            .map_err(|failed| backend.place(&request.actions).error(failed)),
    }
}

/// Deletes one item.
pub(crate) async fn delete(backend: &DynamoDb, request: Delete) -> Result<Written<Attributes>> {
    let with = Expressions::of_delete(&request)?;
    let call = backend
        .client
        .delete_item()
        .table_name(backend.table_name())
        .set_key(Some(key::primary(request.table, &request.key)))
        .set_condition_expression(with.condition)
        .set_expression_attribute_names(with.names)
        .set_expression_attribute_values(with.values)
        .set_return_values_on_condition_check_failure(with.on_refusal)
        .set_return_values(old(request.returning))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, backend.outgoing(&operation::DELETE_ITEM), call);
    match answer {
        Ok(answer) => Ok(done(items, answer.attributes, answer.consumed_capacity.as_ref())),
        Err(failed) => refused(items, failed, 0)?.map_err(|failed| backend.error(failed)),
    }
}

/// What a put or a delete returns. DynamoDB can only return their old item.
fn old(returning: Returning) -> Option<ReturnValue> {
    (returning == Returning::Old).then_some(ReturnValue::AllOld)
}

fn done(
    mut items: Answered,
    item: Option<key::Map>,
    consumed: Option<&ConsumedCapacity>,
) -> Written<Attributes> {
    Written::new(Outcome::Done, items.one(item), cost::write(consumed))
}

/// Returns the answer of a write whose condition did not hold, or the SDK's error of a write that failed.
/// `size` is the size of the new item.
fn refused<E>(
    mut items: Answered,
    failed: SdkError<E>,
    size: usize,
) -> Result<Result<Written<Attributes>, SdkError<E>>>
where
    E: ProvideErrorMetadata + Into<aws_sdk_dynamodb::Error>,
{
    let service = match failed {
        SdkError::ServiceError(answer)
            if answer.err().code() == Some("ConditionalCheckFailedException") =>
        {
            answer.into_err().into()
        }
        failed => return Ok(Err(failed)),
    };
    let current = match service {
        aws_sdk_dynamodb::Error::ConditionalCheckFailedException(refusal) => refusal.item,
        _ => None,
    };
    let current = items.one(current);
    let stored = current.as_ref().map_or(Ok(0), Attributes::size)?;
    let cost = cost::refused(stored, size);
    Ok(Ok(Written::new(Outcome::Refused { current }, None, cost)))
}
