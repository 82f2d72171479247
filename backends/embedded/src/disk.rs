//! The store on disk: a file of redb's, behind a header of ours.
//!
//! A commit is one transaction of redb, synced before it is acknowledged; reads have snapshots and
//! never wait for it. [`file`] says what the file holds.

mod batch;
mod file;
mod open;
mod region;

use crate::store::Store;
use batch::{DiskBatch, DiskView};
use monotable_core::{Error, Kind, Result};
use redb::{Database, ReadableDatabase as _, TableDefinition};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};

const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
const ENTRIES: TableDefinition<'_, &[u8], ()> = TableDefinition::new("entries");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// In [`META`]: the schema.
const SCHEMA: &str = "schema";

/// The store on disk.
pub(crate) struct DiskStore {
    /// Gone once it is closed.
    engine: Option<Database>,
    /// For messages.
    name: String,
}

impl Store for DiskStore {
    type View<'a> = DiskView;
    type Batch<'a> = DiskBatch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        self.guard(|| {
            let transaction = self.engine()?.begin_read();
            let transaction = transaction.map_err(|error| self.fault("read", error.into()))?;
            let view = DiskView::new(&transaction).map_err(|error| self.fault("read", error))?;
            read(&view)
        })
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        let fault = |error| self.fault("write", error);
        self.guard(|| {
            let transaction = self.engine()?.begin_write().map_err(|error| fault(error.into()))?;
            let mut batch = DiskBatch::new(&transaction).map_err(fault)?;
            let result = write(&mut batch)?;
            let changes = batch.finish();
            if !changes.is_empty() {
                batch::make(&transaction, changes).map_err(fault)?;
                transaction.commit().map_err(|error| fault(error.into()))?;
            }
            Ok(result)
        })
    }
}

impl DiskStore {
    fn engine(&self) -> Result<&Database> {
        // It is taken only when the store is dropped.
        self.engine.as_ref().ok_or_else(|| Error::new(Kind::Unavailable, "the store is closed"))
    }

    /// Makes an error of redb's panics.
    fn guard<R>(&self, run: impl FnOnce() -> Result<R>) -> Result<R> {
        catch_panic(run).unwrap_or_else(|| Err(open::damaged(&self.name, "redb gave up")))
    }

    fn fault(&self, what: &str, error: redb::Error) -> Error {
        let name = &self.name;
        let message = match error {
            redb::Error::PreviousIo => format!(
                "the store `{name}` does nothing more after a write that failed: open it again"
            ),
            ref error => format!("the store `{name}` failed to {what}: {error}"),
        };
        Error::new(Kind::Unavailable, message).with_source(error)
    }
}

impl Drop for DiskStore {
    fn drop(&mut self) {
        // All that was acknowledged is synced: what fails here, the next opening does.
        let engine = self.engine.take();
        let _ = catch_panic(|| drop(engine));
    }
}

/// Where it meets a damaged page, redb may panic: `None` then.
fn catch_panic<R>(run: impl FnOnce() -> R) -> Option<R> {
    panic::catch_unwind(AssertUnwindSafe(run)).ok()
}

impl fmt::Debug for DiskStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DiskStore").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests;
