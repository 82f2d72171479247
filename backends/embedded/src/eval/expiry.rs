//! What is to go when its time is past: items with the table's ttl attribute, and tokens.
//!
//! Each has an entry in the order of time, and each commit of writes takes the first few that are
//! due; where none is, that is one look. An entry is a reminder: what it says is checked against
//! the item, so one that was left behind harms nothing.

use super::{index, token};
use crate::document;
use crate::layout::{self, Due};
use crate::store::{Batch, Change, Lookup};
use monotable_core::{Kind, Result, TableDef, value};
use std::time::{SystemTime, UNIX_EPOCH};

/// How many things a commit clears away at the most, if it makes few writes.
const MOST: usize = 16;

/// How many things a commit of so many writes clears away at the most: more than it adds, so that
/// what is due never piles up.
fn most(writes: usize) -> usize {
    writes.saturating_mul(2).max(MOST)
}

/// The time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// When an item is to go: the ttl attribute, if it is a whole number.
fn time(table: &TableDef, item: &[u8]) -> Result<Option<i64>> {
    let attribute = value::attribute(item, table.ttl).map_err(document::damaged)?;
    Ok(attribute.and_then(|value| value.as_number()).and_then(|number| number.as_i64()))
}

/// Makes the entry of a row follow a change of its item.
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
    // Also where the time is the same: the item may be older than the table's ttl.
    if let Some(new) = new {
        changes.push(Change::Entry(layout::due_item(new, row), true));
    }
    Ok(())
}

/// Clears away a little of what is due: some for each of the writes that are to come. Comes before
/// all other changes of a batch.
pub(crate) fn purge(
    batch: &mut impl Batch,
    table: &TableDef,
    writes: usize,
    now: i64,
) -> Result<()> {
    for entry in batch.first_entries(&layout::due_until(now), most(writes))? {
        let mut changes = Vec::new();
        let cleared = match layout::read_due(&entry) {
            Some(Due::Item(row)) => remove(batch.lookup(), table, row, now, &mut changes),
            Some(Due::Token(name)) => token::forget(batch.lookup(), name, now, &mut changes),
            None => Ok(()),
        };
        match cleared {
            // What cannot be read must not be in the way of all writes.
            Err(error) if error.kind() == Kind::Decode => changes.clear(),
            cleared => cleared?,
        }
        changes.push(Change::Entry(entry, false));
        changes.into_iter().for_each(|change| batch.apply(change));
    }
    Ok(())
}

/// Removes an item, if its time is past.
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
        // Nobody pays for it.
        index::follow(table, row, Some(item), None, changes)?;
        changes.push(Change::Row(row.to_vec(), None));
    }
    Ok(())
}
