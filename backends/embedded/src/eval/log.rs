//! Keeps the log of changes, if the store has one: each commit adds the records of its changes, and removes
//! records that are too old.

use crate::document::Document;
use crate::layout;
use crate::log::{Head, Record};
use crate::store::{Batch, Change, Lookup as _, Row as _};
use monotable_core::{Result, value};

/// How many records every commit may remove, even if it adds few.
const MIN_LIMIT: usize = 64;

/// Returns how many records a commit of `writes` writes may remove. Such a commit adds at most half as many:
/// one for each write, and one for each expired item that it removes (see `expiry`).
fn limit(writes: usize) -> usize {
    writes.saturating_mul(6).max(MIN_LIMIT)
}

/// Why the items of some changes change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A request.
    Write,
    /// They have expired.
    Expiry,
}

/// Makes the changes of one request, each of another item, and records them in the log.
pub(crate) fn make(
    batch: &mut impl Batch,
    changes: Vec<Change>,
    cause: Cause,
    now: i64,
) -> Result<()> {
    if let Some(log) = batch.log() {
        // Nothing is changed before all of it is known.
        let records = records(batch, log, &changes, cause, now)?;
        records.into_iter().for_each(|record| batch.apply(record));
    }
    changes.into_iter().for_each(|change| batch.apply(change));
    Ok(())
}

/// Returns the records of changes that are not made yet. A change that changes nothing has none.
fn records(
    batch: &impl Batch,
    log: Head,
    changes: &[Change],
    cause: Cause,
    now: i64,
) -> Result<Vec<Change>> {
    let mut records = Vec::new();
    let mut number = log.next;
    for change in changes {
        let Change::Row(row, new) = change else { continue };
        if layout::is_own(row) {
            continue;
        }
        let old = batch.lookup().row(row)?.map(|row| row.document());
        if is_same(old.as_ref(), new.as_ref()) {
            continue;
        }
        let is_expiry = cause == Cause::Expiry;
        let record = Record { row: row.clone(), old, new: new.clone(), is_expiry, time: now };
        records.push(Change::Record(number, Some(record)));
        number = number.saturating_add(1);
    }
    Ok(records)
}

/// Returns whether two items are the same, in whatever order their attributes are.
fn is_same(old: Option<&Document>, new: Option<&Document>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return old == new };
    let (old, new) = (old.as_ref(), new.as_ref());
    // In another order the attributes take the same space.
    old == new
        || (old.len() == new.len()
            && matches!((value::to_map(old), value::to_map(new)), (Ok(old), Ok(new)) if old == new))
}

/// Removes some of the records that are too old or too many. `writes` is the number of writes in the same
/// batch. Has to be called before all other changes of the batch.
pub(super) fn trim(batch: &mut impl Batch, writes: usize, now: i64) -> Result<()> {
    let Some(log) = batch.log() else { return Ok(()) };
    let mut over = Vec::new();
    for record in batch.recorded()?.take(limit(writes)) {
        let (number, time) = record?;
        if !log.retention.is_over(number, time, log.next, now) {
            break;
        }
        over.push(number);
    }
    over.into_iter().for_each(|number| batch.apply(Change::Record(number, None)));
    Ok(())
}
