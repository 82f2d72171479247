//! The store on disk: one file, with a header of ours followed by a redb database.
//!
//! A commit is one transaction of redb, which is synced before it is acknowledged. A read uses a
//! snapshot of redb and does not wait for commits. [`file`] describes the file.

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

/// The key in [`META`] of the table's schema.
const SCHEMA: &str = "schema";

/// The store on disk.
pub(crate) struct DiskStore {
    /// `None` once the store is closed.
    database: Option<Database>,
    /// The name of the file, for messages.
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
                // redb's tables have not changed yet, so it does not matter if this fails.
                let _ = engine.write(move || transaction.abort());
                collected.map(|(result, _)| result)
            }
        }
    }
}

/// Calls `write`, and returns its result and its changes, which are not made in redb yet.
fn collect<R>(
    engine: Engine<'_>,
    transaction: &WriteTransaction,
    write: impl FnOnce(&mut DiskBatch<'_>) -> Result<R>,
) -> Result<(R, Vec<Change>)> {
    let mut batch = engine.write(|| DiskBatch::new(transaction, engine))?;
    // A panic has to end here, because redb cannot abort a transaction while a panic unwinds.
    let result = bug::catch(|| write(&mut batch));
    let changes = engine.write(|| Ok::<_, redb::Error>(batch.finish()));
    Ok((result?, changes?))
}

impl DiskStore {
    fn engine(&self) -> Engine<'_> {
        Engine::new(&self.name)
    }

    fn database(&self) -> Result<&Database> {
        // It is `None` only while the store is being dropped.
        self.database.as_ref().ok_or_else(|| Error::new(Kind::NotSent, "the store is closed"))
    }
}

impl Drop for DiskStore {
    fn drop(&mut self) {
        // All acknowledged writes are synced already. If closing fails, the next `open` repairs the
        // file.
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
