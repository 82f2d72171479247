//! The store in memory: an ordered map and an ordered set behind a read-write lock.
//!
//! A read holds the shared lock for one request. The longest request reads a page of 1 MB, of which
//! it copies only pointers. A write holds the exclusive lock for a few microseconds. So each
//! request sees one consistent state, and the store keeps no older states.

use crate::document::Document;
use crate::layout::KeyRange;
use crate::log::{Head, Record, Settings};
use crate::signal::Signal;
use crate::store::{Batch, Change, Directed, LogView, Lookup, Row, Store, View};
use monotable_core::Result;
use std::collections::{BTreeMap, BTreeSet, btree_map, btree_set};
use std::sync::{PoisonError, RwLock};

/// The store in memory.
#[derive(Default)]
pub(crate) struct MemoryStore {
    maps: RwLock<Maps>,
    signal: Signal,
}

#[derive(Default)]
pub(crate) struct Maps {
    rows: BTreeMap<Box<[u8]>, Document>,
    entries: BTreeSet<Box<[u8]>>,
    schema: Option<Vec<u8>>,
    log: Log,
}

/// The log of changes.
#[derive(Default)]
pub(crate) struct Log {
    settings: Option<Settings>,
    records: BTreeMap<u64, Record>,
}

/// A batch that makes its changes at once and can undo them.
pub(crate) struct MemoryBatch<'a> {
    maps: &'a mut Maps,
    undo: Vec<Undo>,
    /// Whether those who wait for changes are to look again.
    wakes: bool,
}

/// What undoes a change.
enum Undo {
    Change(Change),
    Settings(Option<Settings>),
    Log(Log),
}

impl Store for MemoryStore {
    type View<'a> = Maps;
    type Log<'a> = Log;
    type Batch<'a> = MemoryBatch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        // A panic while the lock is held does not leave half of a change behind: see `commit`.
        read(&self.maps.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn read_log<R>(&self, read: impl FnOnce(&Log) -> Result<R>) -> Result<R> {
        read(&self.maps.read().unwrap_or_else(PoisonError::into_inner).log)
    }

    fn signal(&self) -> &Signal {
        &self.signal
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        let mut maps = self.maps.write().unwrap_or_else(PoisonError::into_inner);
        // The destructor of the batch undoes its changes, unless the list of them is cleared first.
        // So an error or a panic of `write` leaves the maps unchanged.
        let mut batch = MemoryBatch { maps: &mut maps, undo: Vec::new(), wakes: false };
        let result = write(&mut batch);
        let mut wakes = false;
        if result.is_ok() {
            batch.undo.clear();
            wakes = batch.wakes;
        }
        drop(batch);
        drop(maps);
        if wakes {
            self.signal.wake();
        }
        result
    }
}

impl Batch for MemoryBatch<'_> {
    fn lookup(&self) -> &impl Lookup {
        &*self.maps
    }

    fn first_entries(&self, range: &KeyRange, limit: usize) -> Result<Vec<Vec<u8>>> {
        self.maps.entries(range, false)?.take(limit).map(|key| key.map(<[u8]>::to_vec)).collect()
    }

    fn log(&self) -> Option<Head> {
        let Log { settings, records } = &self.maps.log;
        let settings = settings.as_ref()?;
        let last = records.last_key_value().map(|(number, _)| number.saturating_add(1));
        Some(Head { retention: settings.retention?, next: last.unwrap_or(settings.first) })
    }

    fn log_settings(&self) -> Result<Option<Settings>> {
        Ok(self.maps.log.settings.clone())
    }

    fn recorded(&self) -> Result<impl Iterator<Item = Result<(u64, i64)>>> {
        let records = self.maps.log.records.iter();
        Ok(records.map(|(number, record)| Ok((*number, record.time))))
    }

    fn apply(&mut self, change: Change) {
        self.wakes |= matches!(change, Change::Record(_, Some(_)) | Change::Log(_));
        let undo = self.maps.apply(change);
        self.undo.push(undo);
    }
}

impl Drop for MemoryBatch<'_> {
    fn drop(&mut self) {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Change(change) => drop(self.maps.apply(change)),
                Undo::Settings(settings) => self.maps.log.settings = settings,
                Undo::Log(log) => self.maps.log = log,
            }
        }
    }
}

impl Maps {
    /// Makes a change, and returns what undoes it.
    fn apply(&mut self, change: Change) -> Undo {
        Undo::Change(match change {
            Change::Row(key, Some(document)) => {
                let old = self.rows.insert(key.as_slice().into(), document);
                Change::Row(key, old)
            }
            Change::Row(key, None) => {
                let old = self.rows.remove(key.as_slice());
                Change::Row(key, old)
            }
            Change::Entry(key, true) => {
                let new = self.entries.insert(key.as_slice().into());
                Change::Entry(key, !new)
            }
            Change::Entry(key, false) => {
                let old = self.entries.remove(key.as_slice());
                Change::Entry(key, old)
            }
            Change::Schema(schema) => Change::Schema(std::mem::replace(&mut self.schema, schema)),
            Change::Record(number, Some(record)) => {
                let old = self.log.records.insert(number, record);
                Change::Record(number, old)
            }
            Change::Record(number, None) => {
                let old = self.log.records.remove(&number);
                Change::Record(number, old)
            }
            Change::Log(settings) => {
                if settings.retention.is_some() {
                    return Undo::Settings(self.log.settings.replace(settings));
                }
                let off = Log { settings: Some(settings), records: BTreeMap::new() };
                return Undo::Log(std::mem::replace(&mut self.log, off));
            }
        })
    }
}

impl Lookup for Maps {
    type Row<'a> = &'a Document;

    fn row(&self, key: &[u8]) -> Result<Option<&Document>> {
        Ok(self.rows.get(key))
    }

    fn schema(&self) -> Result<Option<Vec<u8>>> {
        Ok(self.schema.clone())
    }
}

impl View for Maps {
    type Key<'a> = &'a [u8];

    fn rows(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<(&[u8], &Document)>>> {
        let range = match range.bounds() {
            Some(bounds) => self.rows.range::<[u8], _>(bounds),
            None => btree_map::Range::default(),
        };
        Ok(Directed::new(range, descending).map(|(key, row)| Ok((&**key, row))))
    }

    fn entries(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<&[u8]>>> {
        let range = match range.bounds() {
            Some(bounds) => self.entries.range::<[u8], _>(bounds),
            None => btree_set::Range::default(),
        };
        Ok(Directed::new(range, descending).map(|key| Ok(&**key)))
    }
}

impl LogView for Log {
    fn settings(&self) -> Result<Option<Settings>> {
        Ok(self.settings.clone())
    }

    fn last(&self) -> Result<Option<u64>> {
        Ok(self.records.last_key_value().map(|(number, _)| *number))
    }

    fn records(&self, from: u64) -> Result<impl Iterator<Item = Result<(u64, Record)>>> {
        let records = self.records.range(from..);
        Ok(records.map(|(number, record)| Ok((*number, record.clone()))))
    }
}

impl Row for &Document {
    fn document(&self) -> Document {
        Document::clone(self)
    }
}

#[cfg(test)]
mod tests;
