//! Reads pages of the log.

use super::position::Position;
use crate::document::Document;
use crate::layout;
use crate::log::Record;
use crate::store::LogView;
use monotable_core::change::{Change, ChangeKind};
use monotable_core::request::PrimaryKey;
use monotable_core::{Error, Kind, Result};

/// A page ends with the change that takes its items over this many bytes, as a page of a query does.
const BYTES: usize = 1024 * 1024;

/// Where to begin to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// With the oldest record that is kept.
    Oldest,
    /// After the last record.
    Latest,
    /// After this one.
    After(Position),
}

/// Some records of the log.
#[derive(Debug)]
pub(super) struct Page {
    /// The records with their names.
    pub(super) changes: Vec<(Position, Record)>,
    /// The place after them.
    pub(super) position: Position,
    /// Whether there are no more.
    pub(super) is_last: bool,
}

/// Reads up to `most` records.
///
/// # Errors
///
/// - `SchemaMismatch` if the log is switched off;
/// - `Trimmed` if the next record is no longer there.
pub(super) fn page(log: &impl LogView, place: Place, most: usize) -> Result<Page> {
    let settings = log.settings()?.filter(|settings| settings.retention.is_some());
    let settings = settings.ok_or_else(switched_off)?;
    let at = |number| Position { log: settings.id, number };
    // Each log has a place before its first record.
    let before = settings.first.saturating_sub(1);
    let last = log.last()?.unwrap_or(before);
    let mut read_to = match place {
        Place::Oldest => None,
        Place::Latest => Some(last),
        Place::After(position) if position.log != settings.id => return Err(other_log()),
        Place::After(position) if position.number > last => return Err(older_copy(position, last)),
        Place::After(position) => Some(position.number),
    };
    let mut changes = Vec::new();
    let mut bytes = 0;
    for record in log.records(read_to.map_or(0, |number| number.saturating_add(1)))? {
        let (number, record) = record?;
        if let Some(read_to) = read_to
            && number > read_to.saturating_add(1)
        {
            return Err(trimmed(read_to.saturating_add(1), number));
        }
        if changes.len() >= most || bytes >= BYTES {
            break;
        }
        bytes += size(&record);
        read_to = Some(number);
        changes.push((at(number), record));
    }
    let read_to = read_to.unwrap_or(before);
    Ok(Page { changes, position: at(read_to), is_last: read_to == last })
}

fn size(record: &Record) -> usize {
    let items = [&record.old, &record.new].into_iter().flatten();
    record.row.len() + items.map(|item| item.as_ref().len()).sum::<usize>()
}

/// Returns a record as a change.
///
/// # Errors
///
/// `SchemaMismatch` if the record is damaged.
pub(super) fn change(at: Position, record: Record) -> Result<Change<Document>> {
    let damaged = || {
        let message =
            format!("change `{at}` of the store's log is damaged: restore the store from a backup");
        Error::new(Kind::SchemaMismatch, message)
    };
    let (pk, sk) = layout::read_row(&record.row).ok_or_else(damaged)?;
    let kind = match (record.old, record.new) {
        (None, Some(new)) => ChangeKind::Created(new),
        (Some(old), Some(new)) => ChangeKind::Updated { old, new },
        (Some(old), None) if record.is_expiry => ChangeKind::Expired(old),
        (Some(old), None) => ChangeKind::Deleted(old),
        (None, None) => return Err(damaged()),
    };
    let time = jiff::Timestamp::from_second(record.time).ok();
    Ok(Change::new(at.to_string(), time, PrimaryKey { pk, sk }, kind))
}

/// What a reader has to do that has lost changes.
const ANEW: &str = "read what depends on them from the table, and start anew with `StartFrom::Oldest` or \
                    `StartFrom::Now`";

fn trimmed(from: u64, first: u64) -> Error {
    let to = first.saturating_sub(1);
    let message = format!(
        "{} changes of the store are lost to this reader, from number {from} to {to}: they were older than the \
         store's log keeps them; {ANEW}",
        first.saturating_sub(from)
    );
    Error::new(Kind::Trimmed, message)
}

fn other_log() -> Error {
    let message = format!(
        "the position is of another log than the store has now: the log was switched off and on again, or it is \
         another store. The changes between the two are lost to this reader; {ANEW}"
    );
    Error::new(Kind::Trimmed, message)
}

fn older_copy(position: Position, last: u64) -> Error {
    let message = format!(
        "the position is after change number {}, but the last change of the store is number {last}: the store is an \
         earlier copy of the one that was read. What has happened since is lost to this reader; {ANEW}",
        position.number
    );
    Error::new(Kind::Trimmed, message)
}

fn switched_off() -> Error {
    let message = "the store keeps no log of its changes, because it was switched off: switch it on again with \
                   `with_change_log(..)`";
    Error::new(Kind::SchemaMismatch, message)
}
