//! Queries: the call `Query`.

use crate::direct::{operation, send};
use crate::expr::{Placeholders, check_length, condition, key_condition};
use crate::{Attributes, DynamoDb, cost, key};
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, Select as Selected};
use monotable_core::Result;
use monotable_core::request::{Queried, Query, Select};

/// Reads one page.
///
/// `Select` is only set for a count. Its default is all attributes that the table or the index has.
pub(crate) async fn query(backend: &DynamoDb, request: Query) -> Result<Queried<Attributes>> {
    let mut to = Placeholders::default();
    let keys = key_condition(&request, &mut to)?;
    let filter = condition(request.filter.as_ref(), request.table.tag, &mut to)?;
    let counts = request.select == Select::Count;
    let attributes = request.attributes.as_deref().filter(|_| !counts);
    let attributes = attributes.map(|names| to.list(names));
    let Query { entity, pattern, .. } = request;
    check_length("filter", format_args!("{entity} by {pattern}"), filter.as_deref())?;
    check_length("projection", format_args!("{entity} by {pattern}"), attributes.as_deref())?;
    let start = request.after.as_ref().map(|after| key::start(&request, after)).transpose()?;
    // A limit that does not fit into the parameter has no effect, because a page has at most 1 MB.
    let limit = request.max_items.map(|most| i32::try_from(most.get()).unwrap_or(i32::MAX));
    let call = backend
        .client
        .query()
        .table_name(backend.table_name())
        .set_index_name(request.index.map(|index| index.name.to_owned()))
        .key_condition_expression(keys)
        .set_filter_expression(filter)
        .set_projection_expression(attributes)
        .set_expression_attribute_names(to.names())
        .set_expression_attribute_values(to.into_values())
        .set_select(counts.then_some(Selected::Count))
        .set_limit(limit)
        .set_scan_index_forward(request.descending.then_some(false))
        .set_exclusive_start_key(start)
        .set_consistent_read(request.consistent.then_some(true))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let (answer, items) = send!(backend, backend.outgoing(&operation::QUERY), call);
    let answer = answer.map_err(|failed| backend.error(failed))?;
    let last = answer.last_evaluated_key.filter(|last| !last.is_empty());
    let last = last.map(|last| key::end(&request, &last)).transpose()?;
    let cost = cost::read(&answer.consumed_capacity);
    let mut page = Queried::new(items.all(answer.items.unwrap_or_default()), last, cost);
    page.count = usize::try_from(answer.count).unwrap_or_default();
    page.read = usize::try_from(answer.scanned_count).unwrap_or_default();
    Ok(page)
}
