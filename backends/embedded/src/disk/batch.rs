//! Implements the traits of [`store`](crate::store) with redb's tables.

use super::engine::Engine;
use super::log::{self, WriteLog};
use super::{ENTRIES, LOG, LOG_SETTINGS, META, ROWS, SCHEMA};
use crate::document::Document;
use crate::layout::KeyRange;
use crate::log::{Head, Settings};
use crate::store::{Batch, Change, Directed, Lookup, Row, View};
use monotable_core::Result;
use redb::{
    AccessGuard, ReadOnlyTable, ReadTransaction, ReadableTable, StorageError, Table,
    WriteTransaction,
};
use std::collections::HashMap;
use std::ops::Bound;

/// The three tables of a store, read-only or writable.
pub(crate) struct Tables<'n, R, E, M> {
    engine: Engine<'n>,
    rows: R,
    entries: E,
    meta: M,
}

/// The tables in a snapshot of redb.
pub(crate) type DiskView<'n> = Tables<
    'n,
    ReadOnlyTable<&'static [u8], &'static [u8]>,
    ReadOnlyTable<&'static [u8], ()>,
    ReadOnlyTable<&'static str, &'static [u8]>,
>;

/// The tables in a write transaction of redb.
type WriteTables<'a> = Tables<
    'a,
    Table<'a, &'static [u8], &'static [u8]>,
    Table<'a, &'static [u8], ()>,
    Table<'a, &'static str, &'static [u8]>,
>;

impl<'n> DiskView<'n> {
    pub(super) fn new(
        transaction: &ReadTransaction,
        engine: Engine<'n>,
    ) -> Result<Self, redb::Error> {
        Ok(Tables {
            engine,
            rows: transaction.open_table(ROWS)?,
            entries: transaction.open_table(ENTRIES)?,
            meta: transaction.open_table(META)?,
        })
    }
}

impl<'a> WriteTables<'a> {
    fn new(transaction: &'a WriteTransaction, engine: Engine<'a>) -> Result<Self, redb::Error> {
        Ok(Tables {
            engine,
            rows: transaction.open_table(ROWS)?,
            entries: transaction.open_table(ENTRIES)?,
            meta: transaction.open_table(META)?,
        })
    }
}

/// Makes changes in redb's tables. Creates the tables if they do not exist, even without changes.
pub(super) fn make(
    transaction: &WriteTransaction,
    mut changes: Vec<Change>,
) -> Result<(), redb::Error> {
    let (mut rows, mut entries, mut meta) = (
        transaction.open_table(ROWS)?,
        transaction.open_table(ENTRIES)?,
        transaction.open_table(META)?,
    );
    // Without a log its table is not opened, because that would create it.
    let has_log = |change: &Change| matches!(change, Change::Record(..));
    let mut log = match changes.iter().any(has_log) {
        true => Some(transaction.open_table(LOG)?),
        false => None,
    };
    // Sorted, because adjacent keys share pages. The sort is stable, so changes of the same key
    // stay in their order.
    changes.sort_by(|one, other| place(one).cmp(&place(other)));
    for change in changes {
        match change {
            Change::Row(key, Some(item)) => {
                rows.insert(key.as_slice(), item.as_ref())?;
            }
            Change::Row(key, None) => {
                rows.remove(key.as_slice())?;
            }
            Change::Entry(key, true) => {
                entries.insert(key.as_slice(), ())?;
            }
            Change::Entry(key, false) => {
                entries.remove(key.as_slice())?;
            }
            Change::Schema(Some(schema)) => {
                meta.insert(SCHEMA, schema.as_slice())?;
            }
            Change::Schema(None) => {
                meta.remove(SCHEMA)?;
            }
            Change::Record(number, record) => {
                if let Some(log) = &mut log {
                    match record {
                        Some(record) => log.insert(number, record.to_bytes().as_slice())?,
                        None => log.remove(number)?,
                    };
                }
            }
            Change::Log(settings) => {
                meta.insert(LOG_SETTINGS, bytes_of(&settings)?.as_slice())?;
                if settings.retention.is_none() {
                    log = None;
                    transaction.delete_table(LOG)?;
                }
            }
        }
    }
    Ok(())
}

/// Returns a number for the table of a change, and its key.
fn place(change: &Change) -> (u8, &[u8]) {
    match change {
        Change::Row(key, _) => (0, key),
        Change::Entry(key, _) => (1, key),
        Change::Schema(_) => (2, &[]),
        // The numbers of a commit are in order already.
        Change::Record(..) => (3, &[]),
        Change::Log(_) => (4, &[]),
    }
}

fn bytes_of(settings: &Settings) -> Result<Vec<u8>, redb::Error> {
    settings.to_bytes().map_err(|error| redb::Error::Corrupted(error.to_string()))
}

/// Collects the changes of a commit outside of redb. [`make`] makes them in redb afterwards.
pub(crate) struct DiskBatch<'a> {
    staged: Staged<'a>,
    /// `None` if the store keeps no log.
    log: Option<WriteLog<'a>>,
    changes: Vec<Change>,
}

/// redb's tables, covered by changes that are not made there yet.
struct Staged<'a> {
    tables: WriteTables<'a>,
    rows: HashMap<Vec<u8>, Option<Document>>,
    schema: Option<Option<Vec<u8>>>,
}

impl<'a> DiskBatch<'a> {
    pub(super) fn new(
        transaction: &'a WriteTransaction,
        engine: Engine<'a>,
        keeps_log: bool,
    ) -> Result<Self> {
        let tables = engine.write(|| WriteTables::new(transaction, engine))?;
        let log = match keeps_log {
            true => WriteLog::new(transaction, engine, &tables.meta)?,
            false => None,
        };
        let staged = Staged { tables, rows: HashMap::new(), schema: None };
        Ok(DiskBatch { staged, log, changes: Vec::new() })
    }

    pub(super) fn finish(self) -> Vec<Change> {
        self.changes
    }
}

impl Batch for DiskBatch<'_> {
    fn lookup(&self) -> &impl Lookup {
        &self.staged
    }

    fn first_entries(&self, range: &KeyRange, limit: usize) -> Result<Vec<Vec<u8>>> {
        let entries = self.staged.tables.entries(range, false)?;
        entries.take(limit).map(|key| Ok(key?.as_ref().to_vec())).collect()
    }

    fn log(&self) -> Option<Head> {
        self.log.as_ref().map(|log| log.head)
    }

    fn log_settings(&self) -> Result<Option<Settings>> {
        log::settings(self.staged.tables.engine, &self.staged.tables.meta)
    }

    fn recorded(&self) -> Result<impl Iterator<Item = Result<(u64, i64)>>> {
        let records = self.log.as_ref().map(WriteLog::recorded).transpose()?;
        Ok(records.into_iter().flatten())
    }

    fn apply(&mut self, change: Change) {
        match &change {
            Change::Row(key, item) => {
                self.staged.rows.insert(key.clone(), item.clone());
            }
            Change::Schema(schema) => self.staged.schema = Some(schema.clone()),
            // Only queries read entries, and a commit runs no query.
            Change::Entry(..) => {}
            Change::Record(number, Some(_)) => {
                if let Some(log) = &mut self.log {
                    log.head.next = number.saturating_add(1);
                }
            }
            // The settings hold from the next commit on.
            Change::Record(_, None) | Change::Log(_) => {}
        }
        self.changes.push(change);
    }
}

impl Lookup for Staged<'_> {
    type Row<'a>
        = StagedRow<'a>
    where
        Self: 'a;

    fn row(&self, key: &[u8]) -> Result<Option<StagedRow<'_>>> {
        match self.rows.get(key) {
            Some(staged) => Ok(staged.as_ref().map(StagedRow::Staged)),
            None => Ok(self.tables.row(key)?.map(StagedRow::Stored)),
        }
    }

    fn schema(&self) -> Result<Option<Vec<u8>>> {
        match &self.schema {
            Some(staged) => Ok(staged.clone()),
            None => self.tables.schema(),
        }
    }
}

/// An item, from the staged changes or from redb.
enum StagedRow<'a> {
    Staged(&'a Document),
    Stored(Guard<'a>),
}

impl AsRef<[u8]> for StagedRow<'_> {
    fn as_ref(&self) -> &[u8] {
        match self {
            StagedRow::Staged(item) => item.as_ref(),
            StagedRow::Stored(item) => item.as_ref(),
        }
    }
}

impl Row for StagedRow<'_> {
    fn document(&self) -> Document {
        match self {
            StagedRow::Staged(item) => item.document(),
            StagedRow::Stored(item) => item.document(),
        }
    }
}

impl<R, E, M> Lookup for Tables<'_, R, E, M>
where
    R: ReadableTable<&'static [u8], &'static [u8]>,
    M: ReadableTable<&'static str, &'static [u8]>,
{
    type Row<'a>
        = Guard<'a>
    where
        Self: 'a;

    fn row(&self, key: &[u8]) -> Result<Option<Guard<'_>>> {
        self.engine.read(|| Ok::<_, StorageError>(self.rows.get(key)?.map(Guard::new)))
    }

    fn schema(&self) -> Result<Option<Vec<u8>>> {
        self.engine.read(|| {
            let schema = self.meta.get(SCHEMA)?;
            Ok::<_, StorageError>(schema.map(|schema| schema.value().to_vec()))
        })
    }
}

impl<R, E, M> View for Tables<'_, R, E, M>
where
    R: ReadableTable<&'static [u8], &'static [u8]>,
    E: ReadableTable<&'static [u8], ()>,
    M: ReadableTable<&'static str, &'static [u8]>,
{
    type Key<'a>
        = Guard<'a>
    where
        Self: 'a;

    fn rows(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<(Guard<'_>, Guard<'_>)>>> {
        let range = self.engine.read(|| self.rows.range::<&[u8]>(bounds(range)))?;
        Ok(walk(self.engine, Directed::new(range, descending), |(key, item)| {
            (Guard::new(key), Guard::new(item))
        }))
    }

    fn entries(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<Guard<'_>>>> {
        let range = self.engine.read(|| self.entries.range::<&[u8]>(bounds(range)))?;
        Ok(walk(self.engine, Directed::new(range, descending), |(key, _)| Guard::new(key)))
    }
}

/// Returns the bounds of a range for redb.
fn bounds(range: &KeyRange) -> (Bound<&[u8]>, Bound<&[u8]>) {
    const NOTHING: &[u8] = &[];
    range.bounds().unwrap_or((Bound::Included(NOTHING), Bound::Excluded(NOTHING)))
}

/// Iterates over a range of redb. Panics of redb, also those in `read`, become errors.
fn walk<T, R>(
    engine: Engine<'_>,
    mut range: impl Iterator<Item = Result<T, StorageError>>,
    read: impl Fn(T) -> R,
) -> impl Iterator<Item = Result<R>> {
    std::iter::from_fn(move || {
        engine.read(|| range.next().map(|found| found.map(&read)).transpose()).transpose()
    })
}

/// A key or a value in a page of redb.
pub(crate) struct Guard<'a>(AccessGuard<'a, &'static [u8]>);

impl<'a> Guard<'a> {
    /// Reads the value once, so that redb panics here if it panics at all. So this has to be called
    /// where panics of redb are caught, and [`as_ref`](Guard::as_ref) can be called anywhere.
    fn new(guard: AccessGuard<'a, &'static [u8]>) -> Self {
        let _checked = guard.value();
        Guard(guard)
    }
}

impl AsRef<[u8]> for Guard<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.value()
    }
}

impl Row for Guard<'_> {
    fn document(&self) -> Document {
        Document::from(self.0.value())
    }
}
