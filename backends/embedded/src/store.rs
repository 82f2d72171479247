//! What the evaluator needs of a store: an ordered map of rows and one of index entries, read as
//! they were at one moment, and changed together or not at all.
//!
//! [`layout`](crate::layout) says what the keys are.

use crate::document::Document;
use crate::layout::KeyRange;
use monotable_core::Result;

/// Rows, index entries and the table's schema.
pub(crate) trait Store: Send + Sync + 'static {
    /// The store at one moment.
    type View<'a>: View;
    /// The store in the middle of a change.
    type Batch<'a>: Batch;

    /// Reads one state of the store.
    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R>;

    /// Makes all changes of `write` together, and durable, before it returns.
    ///
    /// # Errors
    ///
    /// That of `write`, and then nothing has changed; or that of the store, and then a store on
    /// disk may have kept the changes or not, and takes no more of them until it is opened again.
    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R>;
}

/// Reads of what a key says where it is.
pub(crate) trait Lookup {
    /// An item in place.
    type Row<'a>: Row
    where
        Self: 'a;

    /// The item of a row.
    fn row(&self, key: &[u8]) -> Result<Option<Self::Row<'_>>>;

    /// The recorded schema.
    fn schema(&self) -> Result<Option<Vec<u8>>>;
}

/// Ordered reads.
pub(crate) trait View: Lookup {
    /// A key in place.
    type Key<'a>: AsRef<[u8]>
    where
        Self: 'a;

    /// Rows in order, or against it.
    fn rows(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<(Self::Key<'_>, Self::Row<'_>)>>>;

    /// Index entries in order, or against it.
    fn entries(
        &self,
        range: &KeyRange,
        descending: bool,
    ) -> Result<impl Iterator<Item = Result<Self::Key<'_>>>>;
}

/// Changes that will be made together.
pub(crate) trait Batch {
    /// The store with the changes made so far.
    fn lookup(&self) -> &impl Lookup;

    /// The first index entries of a range, at most so many. Changes that the batch has made already
    /// may be left out.
    fn first_entries(&self, range: &KeyRange, most: usize) -> Result<Vec<Vec<u8>>>;

    /// Makes a change.
    fn apply(&mut self, change: Change);
}

/// An item in place: borrowed from the store until [`document`](Row::document) is asked for.
pub(crate) trait Row: AsRef<[u8]> {
    /// The item, to keep.
    fn document(&self) -> Document;
}

/// A change of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// The row has this item, or none.
    Row(Vec<u8>, Option<Document>),
    /// The index entry is there, or not.
    Entry(Vec<u8>, bool),
    /// The table's schema is this, or none is recorded.
    Schema(Option<Vec<u8>>),
}

/// An iterator that is walked from one of its ends.
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
