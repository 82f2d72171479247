//! The interface between the evaluator and a store.
//!
//! A store has an ordered map of rows and an ordered set of index entries, and may keep a log of its
//! changes. A read sees the state of one moment, and a commit makes all of its changes or none. The keys
//! are defined in [`layout`](crate::layout).

use crate::document::Document;
use crate::layout::KeyRange;
use crate::log::{Head, Record, Settings};
use crate::signal::Signal;
use monotable_core::Result;

/// Rows, index entries, the table's schema and the log of changes.
pub(crate) trait Store: Send + Sync + 'static {
    /// The state of the store at one moment.
    type View<'a>: View;
    /// The log at one moment.
    type Log<'a>: LogView;
    /// The store during a commit.
    type Batch<'a>: Batch;

    /// Calls `read` with one state of the store.
    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R>;

    /// Calls `read` with the state of the log at one moment. A store without a log has an empty one.
    fn read_log<R>(&self, read: impl FnOnce(&Self::Log<'_>) -> Result<R>) -> Result<R>;

    /// Returns the signal after each commit that adds records to the log, or switches it on or off.
    fn signal(&self) -> &Signal;

    /// Calls `write`, and makes all of its changes together. They are durable when this returns.
    ///
    /// # Errors
    ///
    /// - An error of `write`: nothing has changed.
    /// - An error of the store itself: the changes may be stored or not. A store on disk then
    ///   refuses further commits until it is opened again.
    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R>;
}

/// Reads by key.
pub(crate) trait Lookup {
    /// An item, borrowed from the store.
    type Row<'a>: Row
    where
        Self: 'a;

    /// Returns the item of the row with this key.
    fn row(&self, key: &[u8]) -> Result<Option<Self::Row<'_>>>;

    /// Returns the recorded schema of the table.
    fn schema(&self) -> Result<Option<Vec<u8>>>;
}

/// Ordered reads.
pub(crate) trait View: Lookup {
    /// A key, borrowed from the store.
    type Key<'a>: AsRef<[u8]>
    where
        Self: 'a;

    /// Returns the rows of a range, in ascending or descending order of their keys.
    fn rows(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<(Self::Key<'_>, Self::Row<'_>)>>>;

    /// Returns the index entries of a range, in ascending or descending order.
    fn entries(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<Self::Key<'_>>>>;
}

/// Reads of the log.
pub(crate) trait LogView {
    /// Returns the settings; `None` if there never was a log.
    fn settings(&self) -> Result<Option<Settings>>;

    /// Returns the number of the last record.
    fn last(&self) -> Result<Option<u64>>;

    /// Returns the records from this number on, in order, with their numbers.
    fn records(&self, from: u64) -> Result<impl Iterator<Item = Result<(u64, Record)>>>;
}

/// Changes that are committed together.
pub(crate) trait Batch {
    /// Returns the store as it is after the changes of this batch so far.
    fn lookup(&self) -> &impl Lookup;

    /// Returns the first index entries of a range, at most `limit`. It is not defined whether the
    /// result includes earlier changes of this batch.
    fn first_entries(&self, range: &KeyRange, limit: usize) -> Result<Vec<Vec<u8>>>;

    /// Returns the log after the changes of this batch so far; `None` if the store keeps none.
    fn log(&self) -> Option<Head>;

    /// Returns the settings of the log, also if it is switched off. It is not defined whether the result
    /// includes earlier changes of this batch.
    fn log_settings(&self) -> Result<Option<Settings>>;

    /// Returns the numbers and times of the records, in order. It is not defined whether the result
    /// includes earlier changes of this batch. A store that keeps no log has none.
    fn recorded(&self) -> Result<impl Iterator<Item = Result<(u64, i64)>>>;

    /// Adds a change.
    fn apply(&mut self, change: Change);
}

/// An encoded item, borrowed from the store.
pub(crate) trait Row: AsRef<[u8]> {
    /// Returns an owned copy.
    fn document(&self) -> Document;
}

/// A change of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Writes the item of the row with this key; `None` removes the row.
    Row(Vec<u8>, Option<Document>),
    /// Adds the index entry with this key if `true`, and removes it if `false`.
    Entry(Vec<u8>, bool),
    /// Records the schema of the table; `None` removes the record.
    Schema(Option<Vec<u8>>),
    /// Adds the record with this number to the log; `None` removes it.
    Record(u64, Option<Record>),
    /// Sets the settings of the log. Settings that switch it off remove all records.
    Log(Settings),
}

/// An iterator in ascending or descending order.
pub(crate) struct Directed<I> {
    inner: I,
    descending: bool,
}

impl<I> Directed<I> {
    pub(crate) fn new(inner: I, descending: bool) -> Self {
        Directed { inner, descending }
    }
}

impl<I: DoubleEndedIterator> Iterator for Directed<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        if self.descending { self.inner.next_back() } else { self.inner.next() }
    }
}

#[cfg(test)]
mod tests;
