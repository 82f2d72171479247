//! Requests as the stores run them.

use super::{expiry, many, read};
use crate::document::Document;
use crate::schema;
use crate::store::{Batch, Store, View};
use monotable_core::request::{
    BatchFetched, BatchGet, Fetched, Get, Queried, Query, TransactFetched, TransactGet,
};
use monotable_core::{Result, TableDef};

/// A request that reads one state of a store.
pub(crate) trait Reads: Send + 'static {
    /// What it gives.
    type Answer: Send + 'static;

    fn read(&self, view: &impl View) -> Result<Self::Answer>;
}

/// A request that changes a store.
pub(crate) trait Writes: Send + 'static {
    /// What it gives.
    type Answer: Send + 'static;

    /// The table that it writes items of.
    fn table(&self) -> Option<&'static TableDef>;

    /// How many things it may add that are to go at some time.
    fn count(&self) -> usize;

    /// Roughly how many bytes it takes to carry it.
    fn weight(&self) -> usize;

    /// Performs it, at a time in seconds since 1970. If it fails, it has changed nothing.
    fn perform(&self, batch: &mut impl Batch, now: i64) -> Result<Self::Answer>;
}

/// Performs one request, and clears away a little of what is past its time.
pub(crate) fn commit<W: Writes>(store: &impl Store, request: &W, now: i64) -> Result<W::Answer> {
    store.commit(|batch| {
        if let Some(table) = request.table() {
            expiry::purge(batch, table, request.count(), now)?;
        }
        request.perform(batch, now)
    })
}

/// The schema of a table, recorded or compared.
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
