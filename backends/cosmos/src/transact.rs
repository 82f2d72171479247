//! Transactions in one partition: transactional batches.
//!
//! A batch knows no conditions but ETags. So the items are read, core's evaluator decides, and the batch requires that
//! each item still has its ETag. If one has changed, all is decided again.

mod name;
mod operations;
mod read;

pub(crate) use read::get;

use crate::client::{Inner, partition};
use crate::deletion;
use crate::document::Document;
use crate::error::{error, is_ambiguous, outcome_unknown};
use crate::read::{failed_cost, is_missing_item, point_read};
use crate::write::{ATTEMPTS, check_actions, pause, unreadable};
use azure_data_cosmos::models::TransactionalBatchResponse;
use azure_data_cosmos::options::BatchOptions;
use futures_util::StreamExt as _;
use futures_util::stream;
use monotable_core::request::{Reason, TransactItem, TransactOutcome, TransactWrite, Transacted};
use monotable_core::schema::TableDef;
use monotable_core::value::Map;
use monotable_core::{Cost, Error, Kind, Result};
use operations::{Decided, Operations, needs_stored};

/// How many items of a transaction are read at the same time.
const AT_ONCE: usize = 16;

/// Makes all of the writes, or none.
pub(crate) async fn write(
    backend: &Inner,
    mut request: TransactWrite<Document>,
) -> Result<Transacted<Document>> {
    let Some(pk) = request.partition().map(str::to_owned) else {
        let message =
            "a transaction of Cosmos DB has items of one partition only: use `transaction_in`";
        return Err(Error::new(Kind::Unsupported, message));
    };
    for write in &request.writes {
        if let TransactItem::Update(update) = write {
            check_actions(request.table, &update.actions)?;
        }
    }
    let token = request.token.clone();
    request.token = name::of(&request)?;
    let mut cost = Cost::ZERO;
    // Nothing is refused because of a read of a lagging replica, and a refusal names every write at fault. So all items
    // are read again before, by consistent reads.
    let mut is_certain = false;
    for attempt in 0..ATTEMPTS {
        pause(attempt).await;
        let stored = read_stored(backend, &request, is_certain, &mut cost).await?;
        if stored.iter().flatten().any(|document| document.is_of(&request.token)) {
            return Ok(Transacted::new(TransactOutcome::Done, cost));
        }
        if let Some(other) = stored.iter().flatten().find(|document| name::has(document, &token)) {
            return Err(name::reused(request.table, &token, other));
        }
        let maps = request.writes.iter().zip(&stored).map(|(write, stored)| {
            let map = stored.as_ref().map(Document::to_map).transpose();
            map.map_err(|error| unreadable(write.key(), &error))
        });
        let maps: Vec<Option<Map>> = maps.collect::<Result<_>>()?;
        let is_noted = backend.indexes.has_containers();
        let operations = match Operations::of(&request, &stored, &maps, is_certain, is_noted)? {
            Decided::Possible(operations) => operations,
            Decided::Refused(_) if !is_certain => {
                is_certain = true;
                continue;
            }
            Decided::Refused(reasons) => {
                return Ok(Transacted::new(TransactOutcome::Cancelled(reasons), cost));
            }
        };
        let owners = operations.owners.clone();
        match send(backend, request.table, &pk, operations, &mut cost).await? {
            Sent::Done => {
                request.writes.iter().for_each(|write| backend.recent.forget(write.key()));
                return Ok(Transacted::new(TransactOutcome::Done, cost));
            }
            Sent::Failed { place, failure } => {
                let at = owners.get(place).copied().unwrap_or_default();
                if let Some(outcome) =
                    after_failure(backend, &request, at, failure, &mut cost).await?
                {
                    return Ok(Transacted::new(outcome, cost));
                }
                is_certain = true;
            }
        }
    }
    let message = format!(
        "items of the transaction were changed by other writers {ATTEMPTS} times while it was being made: send it again"
    );
    Err(Error::new(Kind::Conflict, message))
}

/// Reads the items that are needed to decide, or `all` of them by consistent reads. The others are `None`.
async fn read_stored(
    backend: &Inner,
    request: &TransactWrite<Document>,
    all: bool,
    cost: &mut Cost,
) -> Result<Vec<Option<Document>>> {
    let table = request.table;
    // Keys of their own, because a stream of references is not `Send` for all lifetimes.
    let keys = request.writes.iter();
    let keys = keys.map(|write| (all || needs_stored(table, write)).then(|| write.key().clone()));
    let reads = stream::iter(keys.collect::<Vec<_>>()).map(|key| async move {
        match key {
            Some(key) => point_read(backend, table, &key, all).await.map(Some),
            None => Ok(None),
        }
    });
    let mut stored = Vec::with_capacity(request.writes.len());
    let mut reads = std::pin::pin!(reads.buffered(AT_ONCE));
    while let Some(found) = reads.next().await {
        let found = found?;
        *cost += found.as_ref().map_or(Cost::ZERO, |found| found.cost);
        stored.push(found.and_then(|found| found.item));
    }
    Ok(stored)
}

/// How a batch ended.
enum Sent {
    Done,
    /// The operation at this place failed, and the others were not made.
    Failed {
        place: usize,
        failure: Failure,
    },
}

/// Why an operation of a batch failed.
struct Failure {
    status: u16,
    /// Whether an earlier attempt of the SDK may have been made.
    is_ambiguous: bool,
}

async fn send(
    backend: &Inner,
    table: &TableDef,
    pk: &str,
    operations: Operations,
    cost: &mut Cost,
) -> Result<Sent> {
    let options = BatchOptions::default().with_operation_options(crate::client::operation());
    let container = backend.container.client(table.pk).await?;
    let batch = operations.into_batch(partition(pk))?;
    let answer = container.execute_transactional_batch(batch, Some(options)).await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(failed) => {
            let status = failed.status();
            let is_decided = is_missing_item(&failed)
                || failed.is_from_wire()
                    && (status.is_conflict() || status.is_precondition_failed());
            if !is_decided {
                return Err(error(failed));
            }
            *cost += failed_cost(&failed);
            let status = status.status_code().into();
            let failure = Failure { status, is_ambiguous: is_ambiguous(&failed) };
            return Ok(Sent::Failed { place: 0, failure });
        }
    };
    *cost += backend.charged(answer.headers());
    let is_ambiguous = crate::error::was_ambiguous(&answer.diagnostics());
    let results: TransactionalBatchResponse = answer.into_model().map_err(error)?;
    // The operation at fault has a status of its own; its siblings have 424 ("failed dependency").
    let failed = results.results().iter().enumerate();
    let failed = failed.map(|(place, result)| (place, result.status_code()));
    let at_fault =
        failed.filter(|(_, status)| *status >= 400).min_by_key(|(_, status)| *status == 424);
    Ok(match at_fault {
        None => Sent::Done,
        Some((place, status)) => Sent::Failed { place, failure: Failure { status, is_ambiguous } },
    })
}

/// Decides what the failure of one operation means. `None` if all has to be decided again.
async fn after_failure(
    backend: &Inner,
    request: &TransactWrite<Document>,
    at: usize,
    failure: Failure,
    cost: &mut Cost,
) -> Result<Option<TransactOutcome<Document>>> {
    let Some(write) = request.writes.get(at) else { return Ok(None) };
    let key = write.key();
    if matches!(failure.status, 404 | 409 | 412) {
        if failure.is_ambiguous {
            return match is_made(backend, request, cost).await? {
                true => Ok(Some(TransactOutcome::Done)),
                false => Err(outcome_unknown(key, None)),
            };
        }
        return Ok(None);
    }
    let (kind, what) = match failure.status {
        429 => (
            Kind::Throttled,
            "Cosmos DB asks for fewer requests (429): send the transaction again later",
        ),
        413 => (Kind::TooLarge, "the item is larger than Cosmos DB takes (413): split it"),
        449 => return Ok(None),
        _ => (Kind::InvalidRequest, "Cosmos DB refuses the operation"),
    };
    let message = format!("{what} (status {})", failure.status);
    Ok(Some(cancelled(request, at, Reason::Failed(Error::new(kind, message)))))
}

/// Returns the outcome of a transaction of which one write is at fault.
fn cancelled(
    request: &TransactWrite<Document>,
    at: usize,
    reason: Reason<Document>,
) -> TransactOutcome<Document> {
    let mut reasons = vec![Reason::Fine; request.writes.len()];
    if let Some(place) = reasons.get_mut(at) {
        *place = reason;
    }
    TransactOutcome::Cancelled(reasons)
}

/// Returns whether the batch was made: its documents have its name, and so has a note about a deleted item.
async fn is_made(
    backend: &Inner,
    request: &TransactWrite<Document>,
    cost: &mut Cost,
) -> Result<bool> {
    for write in &request.writes {
        if let TransactItem::Put(_) | TransactItem::Update(_) = write {
            let found = point_read(backend, request.table, write.key(), true).await?;
            *cost += found.cost;
            if found.item.is_some_and(|document| document.is_of(&request.token)) {
                return Ok(true);
            }
        } else if backend.indexes.has_containers()
            && deletion::is_noted(backend, request.table, write.key(), &request.token).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}
