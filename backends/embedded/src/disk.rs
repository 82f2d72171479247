//! The store on disk: a file of redb's, behind a header of ours.
//!
//! A commit is one transaction of redb, synced before it is acknowledged; reads have snapshots and
//! never wait for it. [`file`] says what the file holds.

mod batch;
mod engine;
mod file;
mod open;
mod region;

use crate::bug;
use crate::store::{Change, Store};
use batch::{DiskBatch, DiskView};
use engine::{Engine, catch_panic};
use monotable_core::{Error, Kind, Result};
#[cfg(test)]
pub(crate) use open::CACHE;
use redb::{Database, ReadableDatabase as _, TableDefinition, WriteTransaction};
use std::fmt;

const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
const ENTRIES: TableDefinition<'_, &[u8], ()> = TableDefinition::new("entries");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// In [`META`]: the schema.
const SCHEMA: &str = "schema";

/// The store on disk.
pub(crate) struct DiskStore {
    /// Gone once it is closed.
    database: Option<Database>,
    /// For messages.
    name: String,
}

impl Store for DiskStore {
    type View<'a> = DiskView<'a>;
    type Batch<'a> = DiskBatch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        let (engine, database) = (self.engine(), self.database()?);
        let view = engine.read(|| DiskView::new(&database.begin_read()?, engine))?;
        bug::catch(|| read(&view))
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        let (engine, database) = (self.engine(), self.database()?);
        let transaction = engine.write(|| database.begin_write())?;
        match collect(engine, &transaction, write) {
            Ok((result, changes)) if !changes.is_empty() => {
                engine.write(move || -> Result<(), redb::Error> {
                    batch::make(&transaction, changes)?;
                    Ok(transaction.commit()?)
                })?;
                Ok(result)
            }
            collected => {
                // Nothing was changed in redb yet, so a failure to abort loses nothing.
                let _ = engine.write(move || transaction.abort());
                collected.map(|(result, _)| result)
            }
        }
    }
}

/// Runs `write`, and returns its result and the changes that it asks for.
fn collect<R>(
    engine: Engine<'_>,
    transaction: &WriteTransaction,
    write: impl FnOnce(&mut DiskBatch<'_>) -> Result<R>,
) -> Result<(R, Vec<Change>)> {
    let mut batch = engine.write(|| DiskBatch::new(transaction, engine))?;
    // A panic ends here, because redb cannot abort a transaction while a panic unwinds.
    let result = bug::catch(|| write(&mut batch));
    let changes = engine.write(|| Ok::<_, redb::Error>(batch.finish()));
    Ok((result?, changes?))
}

impl DiskStore {
    fn engine(&self) -> Engine<'_> {
        Engine::new(&self.name)
    }

    fn database(&self) -> Result<&Database> {
        // It is taken only when the store is dropped.
        self.database.as_ref().ok_or_else(|| Error::new(Kind::Unavailable, "the store is closed"))
    }
}

impl Drop for DiskStore {
    fn drop(&mut self) {
        // All that was acknowledged is synced: what fails here, the next opening does.
        let database = self.database.take();
        let _ = catch_panic(|| drop(database));
    }
}

impl fmt::Debug for DiskStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DiskStore").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests;
