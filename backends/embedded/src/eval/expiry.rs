//! Removes what has expired: items with the table's ttl attribute, and records of tokens.
//!
//! Each of them has a reminder, which is an index entry. The reminders are sorted by the time of
//! expiry. Each commit of writes first takes some reminders that are due, and removes what they
//! point to. If none is due, this costs one lookup. The time in the item is checked again before it
//! is removed, so a reminder that is out of date does no harm.

use super::log::{self, Cause};
use super::{index, token};
use crate::document;
use crate::layout::{self, Due};
use crate::store::{Batch, Change, Lookup};
use monotable_core::schema::TableDef;
use monotable_core::{Kind, Result, value};
use std::time::{SystemTime, UNIX_EPOCH};

/// How many reminders every commit may take, even if it makes few writes.
const MIN_LIMIT: usize = 16;

/// Returns how many reminders a commit of `writes` writes may take. The number is larger than the
/// number of reminders that the commit adds, so that due reminders do not pile up.
fn limit(writes: usize) -> usize {
    writes.saturating_mul(2).max(MIN_LIMIT)
}

/// Returns the current time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Returns when an item expires, which is the ttl attribute if that is a whole number.
fn time(table: &TableDef, item: &[u8]) -> Result<Option<i64>> {
    let attribute = value::attribute(item, table.ttl).map_err(document::damaged)?;
    Ok(attribute.and_then(|value| value.as_number()).and_then(|number| number.as_i64()))
}

/// Updates the reminder of a row after a change of its item. Adds the changes of the reminder to
/// `changes`.
pub(super) fn follow(
    table: &TableDef,
    row: &[u8],
    old: Option<&[u8]>,
    new: Option<&[u8]>,
    changes: &mut Vec<Change>,
) -> Result<()> {
    if !table.expires() {
        return Ok(());
    }
    let time = |item: Option<&[u8]>| item.map_or(Ok(None), |item| time(table, item));
    let (old, new) = (time(old)?, time(new)?);
    if let Some(old) = old
        && Some(old) != new
    {
        changes.push(Change::Entry(layout::due_item(old, row), false));
    }
    // The reminder is written even if the time is the same, because it may be missing: the item may
    // have been written before the table had a ttl attribute.
    if let Some(new) = new {
        changes.push(Change::Entry(layout::due_item(new, row), true));
    }
    Ok(())
}

/// Removes some of what has expired, and of the log what is too old. `writes` is the number of writes in the same batch. Has to be
/// called before all other changes of the batch.
pub(crate) fn purge(
    batch: &mut impl Batch,
    table: &TableDef,
    writes: usize,
    now: i64,
) -> Result<()> {
    log::trim(batch, writes, now)?;
    for entry in batch.first_entries(&layout::due_until(now), limit(writes))? {
        let mut changes = Vec::new();
        let cleared = match layout::read_due(&entry) {
            Some(Due::Item(row)) => remove(batch.lookup(), table, row, now, &mut changes),
            Some(Due::Token(name)) => token::forget(batch.lookup(), name, now, &mut changes),
            None => Ok(()),
        };
        match cleared {
            // A damaged item stays, and only its reminder is removed: otherwise all writes would
            // fail from now on.
            Err(error) if error.kind() == Kind::Decode => changes.clear(),
            cleared => cleared?,
        }
        changes.push(Change::Entry(entry, false));
        log::make(batch, changes, Cause::Expiry, now)?;
    }
    Ok(())
}

/// Adds the changes that remove an item, if it has expired.
fn remove(
    store: &impl Lookup,
    table: &TableDef,
    row: &[u8],
    now: i64,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let Some(stored) = store.row(row)? else { return Ok(()) };
    let item = stored.as_ref();
    if table.expires() && time(table, item)?.is_some_and(|time| time <= now) {
        // The cost is ignored, because DynamoDB removes expired items for free.
        index::follow(table, row, Some(item), None, changes)?;
        changes.push(Change::Row(row.to_vec(), None));
    }
    Ok(())
}
