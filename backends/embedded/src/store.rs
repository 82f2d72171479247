//! The interface between the evaluator and a store.
//!
//! A store has an ordered map of rows and an ordered set of index entries. A read sees the state of
//! one moment, and a commit makes all of its changes or none. The keys are defined in
//! [`layout`](crate::layout).

use crate::document::Document;
use crate::layout::KeyRange;
use monotable_core::Result;

/// Rows, index entries and the table's schema.
pub(crate) trait Store: Send + Sync + 'static {
    /// The state of the store at one moment.
    type View<'a>: View;
    /// The store during a commit.
    type Batch<'a>: Batch;

    /// Calls `read` with one state of the store.
    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R>;

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

/// Changes that are committed together.
pub(crate) trait Batch {
    /// Returns the store as it is after the changes of this batch so far.
    fn lookup(&self) -> &impl Lookup;

    /// Returns the first index entries of a range, at most `limit`. It is not defined whether the
    /// result includes earlier changes of this batch.
    fn first_entries(&self, range: &KeyRange, limit: usize) -> Result<Vec<Vec<u8>>>;

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
