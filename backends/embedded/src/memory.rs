//! The store in memory: an ordered map and an ordered set behind a read-write lock.
//!
//! A read holds the shared lock for one request. The longest request reads a page of 1 MB, of which
//! it copies only pointers. A write holds the exclusive lock for a few microseconds. So each
//! request sees one consistent state, and the store keeps no older states.

use crate::document::Document;
use crate::layout::KeyRange;
use crate::store::{Batch, Change, Directed, Lookup, Row, Store, View};
use monotable_core::Result;
use std::collections::{BTreeMap, BTreeSet, btree_map, btree_set};
use std::sync::{PoisonError, RwLock};

/// The store in memory.
#[derive(Default)]
pub(crate) struct MemoryStore(RwLock<Maps>);

#[derive(Default)]
pub(crate) struct Maps {
    rows: BTreeMap<Box<[u8]>, Document>,
    entries: BTreeSet<Box<[u8]>>,
    schema: Option<Vec<u8>>,
}

/// A batch that makes its changes at once and can undo them.
pub(crate) struct MemoryBatch<'a> {
    maps: &'a mut Maps,
    undo: Vec<Change>,
}

impl Store for MemoryStore {
    type View<'a> = Maps;
    type Batch<'a> = MemoryBatch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        // A panic while the lock is held does not leave half of a change behind: see `commit`.
        read(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        let mut maps = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // The destructor of the batch undoes its changes, unless the list of them is cleared first.
        // So an error or a panic of `write` leaves the maps unchanged.
        let mut batch = MemoryBatch { maps: &mut maps, undo: Vec::new() };
        let result = write(&mut batch);
        if result.is_ok() {
            batch.undo.clear();
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

    fn apply(&mut self, change: Change) {
        let undo = self.maps.apply(change);
        self.undo.push(undo);
    }
}

impl Drop for MemoryBatch<'_> {
    fn drop(&mut self) {
        while let Some(change) = self.undo.pop() {
            self.maps.apply(change);
        }
    }
}

impl Maps {
    /// Makes a change, and returns the change that undoes it.
    fn apply(&mut self, change: Change) -> Change {
        match change {
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
        }
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

impl Row for &Document {
    fn document(&self) -> Document {
        Document::clone(self)
    }
}

#[cfg(test)]
mod tests;
