//! Updates as server-side patches: one request, and no read.
//!
//! The service changes parts of a document by a list of operations. The SDK sends no condition with it except for an
//! ETag, so only an update whose condition is that the item exists is a patch. The operations are `set`, `remove` and
//! `incr`; core's other actions have a meaning that the service's operations lack, such as an append to a list that is
//! absent, and take the way of all other writes: read, evaluate, replace.

use crate::client::{Inner, id, partition};
use crate::document::Document;
use crate::error::error;
use crate::read::is_missing_item;
use crate::sql::{pointer, raw};
use azure_data_cosmos::models::{ItemResponse, PatchInstructions, PatchOperation};
use azure_data_cosmos::options::{ContentResponseOnWrite, PatchItemOptions, PatchStrategy};
use monotable_core::expr::{Action, Expr, Path};
use monotable_core::request::{Outcome, Returning, Update, Written};
use monotable_core::value::{Map, Number, Value};
use monotable_core::{Error, Kind, Result};

/// The most operations of a patch.
const OPERATIONS: usize = 10;

/// The magnitude up to which the service counts exactly.
const EXACT: i128 = 1 << 53;

/// Makes an update as a patch. Returns `None` if it cannot be one, or if the service refuses it for a reason that only
/// core's evaluator can name. Then nothing was changed.
pub(crate) async fn patch(backend: &Inner, request: &Update) -> Result<Option<Written<Document>>> {
    let Some(operations) = operations(request) else { return Ok(None) };
    let Update { table, key, actions, returning, .. } = request;
    let counts = actions.iter().any(|action| matches!(action, Action::Count(..)));
    let mut instructions = PatchInstructions::new();
    for operation in operations {
        instructions = instructions.with_operation(operation);
    }
    // The document is also needed to see whether a sum was rounded.
    let is_needed = counts || *returning == Returning::New;
    let mut operation = crate::client::operation();
    operation.content_response_on_write = Some(match is_needed {
        true => ContentResponseOnWrite::Enabled,
        false => ContentResponseOnWrite::Disabled,
    });
    let options = PatchItemOptions::default()
        .with_operation_options(operation)
        // Other strategies read the item, or leave a property of their own in it.
        .with_strategy(PatchStrategy::ServerSide);
    backend.recent.forget(key);
    tracing::Span::current().record("monotable.plan", "patch");
    let id = id(table, &key.sk)?;
    let container = backend.container.client(table.pk).await?;
    match container.patch_item(partition(&key.pk), &id, instructions, Some(options)).await {
        Ok(answer) => {
            let cost = backend.charged(answer.headers());
            let new = if is_needed { Some(document(answer)?) } else { None };
            if let Some(new) = new.as_ref().filter(|_| counts) {
                check_sums(request, &new.to_map()?)?;
            }
            let new = new.filter(|_| *returning == Returning::New);
            Ok(Some(Written::new(Outcome::Done, new, cost)))
        }
        Err(failed) if is_missing_item(&failed) => Ok(match request.condition {
            Some(_) => {
                let cost = crate::read::failed_cost(&failed);
                Some(Written::new(Outcome::Refused { current: None }, None, cost))
            }
            None => None,
        }),
        // A path that leads nowhere, a value of another type: the evaluator says which.
        Err(failed) if failed.status().is_bad_request() && failed.is_from_wire() => Ok(None),
        Err(failed) => Err(error(failed)),
    }
}

fn document(answer: ItemResponse) -> Result<Document> {
    let etag = answer.headers().etag().cloned();
    let body = answer.into_body().single().map_err(error)?;
    Document::of_answer(&body, etag)
}

/// Returns the operations of an update, if it can be a patch.
fn operations(request: &Update) -> Option<Vec<PatchOperation>> {
    let Update { table, actions, condition, returning, .. } = request;
    let is_plain = match condition {
        None => true,
        Some(Expr::Exists(path)) => path.root() == table.pk && path.steps().is_empty(),
        Some(_) => false,
    };
    // The service counts the time to live from the last write, so it has to be computed again.
    let expires = |action: &Action| action.path().root() == table.ttl;
    if !is_plain
        || *returning == Returning::Old
        || actions.is_empty()
        || actions.iter().any(expires)
    {
        return None;
    }
    let mut operations = Vec::with_capacity(actions.len());
    for action in actions {
        let pointer = pointer(action.path())?;
        match action {
            Action::Set(_, value) => operations.push(PatchOperation::set(pointer, json(value)?)),
            Action::Remove(_) => {
                // The service refuses to remove what is absent.
                operations.push(PatchOperation::set(&pointer, serde_json::Value::Null));
                operations.push(PatchOperation::remove(pointer));
            }
            Action::Count(_, by) => {
                let by = by.as_i64().filter(|by| i128::from(*by).abs() <= EXACT)?;
                operations.push(PatchOperation::increment(pointer, by));
            }
            _ => return None,
        }
    }
    (operations.len() <= OPERATIONS).then_some(operations)
}

/// Returns a value as JSON. One that cannot be stored is refused by the other way, which names the field.
fn json(value: &Value) -> Option<serde_json::Value> {
    serde_json::from_str(raw(value).ok()?.get()).ok()
}

/// Checks that no sum is beyond what the service counts exactly.
fn check_sums(request: &Update, item: &Map) -> Result<()> {
    for action in &request.actions {
        let Action::Count(path, _) = action else { continue };
        let sum = crate::eval::find(item, path).and_then(Value::as_number);
        let is_exact = |sum: Number| sum.as_i128().is_some_and(|sum| sum.abs() < EXACT);
        if !sum.is_some_and(is_exact) {
            return Err(rounded(request, path));
        }
    }
    Ok(())
}

fn rounded(request: &Update, path: &Path) -> Error {
    let message = format!(
        "the increment was made, and `{path}` of {} is beyond 2^53 after it, where Cosmos DB rounds integers: the stored \
         number may be wrong; set it to the right one, and store larger numbers as text",
        request.key
    );
    Error::new(Kind::DecodeAfterWrite, message)
}
