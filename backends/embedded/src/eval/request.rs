//! The requests that are executed on a store, as two traits: [`Reads`] and [`Writes`].

use super::{expiry, many, read};
use crate::document::Document;
use crate::schema;
use crate::store::{Batch, Store, View};
use monotable_core::Result;
use monotable_core::request::{
    BatchFetched, BatchGet, Fetched, Get, Queried, Query, TransactFetched, TransactGet,
};
use monotable_core::schema::TableDef;

/// A request that reads one state of a store.
pub(crate) trait Reads: Send + 'static {
    /// The result of the request.
    type Answer: Send + 'static;

    /// Executes the request.
    fn read(&self, view: &impl View) -> Result<Self::Answer>;
}

/// A request that changes a store.
pub(crate) trait Writes: Send + 'static {
    /// The result of the request.
    type Answer: Send + 'static;

    /// The table of the items that the request writes, or `None` if it writes no items.
    fn table(&self) -> Option<&'static TableDef>;

    /// The maximum number of things with a time of expiry that the request adds.
    fn count(&self) -> usize;

    /// The approximate size of the request in bytes.
    fn weight(&self) -> usize;

    /// Executes the request. `now` is the time in seconds since 1970. If this fails, the request
    /// has changed nothing.
    fn perform(&self, batch: &mut impl Batch, now: i64) -> Result<Self::Answer>;
}

/// Executes one request in a commit of its own, which also removes some of what has expired.
pub(crate) fn commit<W: Writes>(store: &impl Store, request: &W, now: i64) -> Result<W::Answer> {
    store.commit(|batch| {
        if let Some(table) = request.table() {
            expiry::purge(batch, table, request.count(), now)?;
        }
        request.perform(batch, now)
    })
}

/// Records the schema of a table in a new store, or compares it with the recorded one.
pub(crate) struct Adopt(pub(crate) &'static TableDef);

impl Writes for Adopt {
    type Answer = ();

    fn table(&self) -> Option<&'static TableDef> {
        None
    }

    fn count(&self) -> usize {
        0
    }

    fn weight(&self) -> usize {
        0
    }

    fn perform(&self, batch: &mut impl Batch, _: i64) -> Result<()> {
        schema::adopt(batch, self.0)
    }
}

impl Reads for Get {
    type Answer = Fetched<Document>;

    fn read(&self, view: &impl View) -> Result<Self::Answer> {
        read::get(view, self)
    }
}

impl Reads for Query {
    type Answer = Queried<Document>;

    fn read(&self, view: &impl View) -> Result<Self::Answer> {
        read::query(view, self)
    }
}

impl Reads for BatchGet {
    type Answer = BatchFetched<Document>;

    fn read(&self, view: &impl View) -> Result<Self::Answer> {
        many::batch_get(view, self)
    }
}

impl Reads for TransactGet {
    type Answer = TransactFetched<Document>;

    fn read(&self, view: &impl View) -> Result<Self::Answer> {
        many::transact_get(view, self)
    }
}
