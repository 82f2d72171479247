//! The store on disk: one file, with a header of ours followed by a redb database.
//!
//! A commit is one transaction of redb, which is synced before it is acknowledged. A read uses a
//! snapshot of redb and does not wait for commits. [`file`] describes the file.

mod batch;
mod engine;
mod file;
mod log;
mod open;
mod region;

use crate::bug;
use crate::signal::Signal;
use crate::store::{Change, Store};
use batch::{DiskBatch, DiskView};
use engine::{Engine, catch_panic};
use file::Phase;
use log::DiskLog;
use monotable_core::{Error, Kind, Result};
#[cfg(test)]
pub(crate) use open::CACHE;
use redb::{Database, ReadableDatabase as _, StorageBackend, TableDefinition, WriteTransaction};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
const ENTRIES: TableDefinition<'_, &[u8], ()> = TableDefinition::new("entries");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// The records of the log. Only a store that keeps a log has this table.
const LOG: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("log");

/// The key in [`META`] of the table's schema.
const SCHEMA: &str = "schema";
/// The key in [`META`] of the log's settings.
const LOG_SETTINGS: &str = "log";

/// The store on disk.
pub(crate) struct DiskStore {
    /// `None` once the store is closed.
    database: Option<Database>,
    /// The whole file, with our header.
    medium: Arc<dyn StorageBackend>,
    /// The name of the file, for messages.
    name: String,
    /// Whether the store may keep a log, so that a commit without one does not have to look.
    keeps_log: AtomicBool,
    switching: Mutex<()>,
    signal: Signal,
}

impl Store for DiskStore {
    type View<'a> = DiskView<'a>;
    type Log<'a> = DiskLog<'a>;
    type Batch<'a> = DiskBatch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        let (engine, database) = (self.engine(), self.database()?);
        let view = engine.read(|| DiskView::new(&database.begin_read()?, engine))?;
        bug::catch(|| read(&view))
    }

    fn read_log<R>(&self, read: impl FnOnce(&Self::Log<'_>) -> Result<R>) -> Result<R> {
        let (engine, database) = (self.engine(), self.database()?);
        let log = engine.read(|| DiskLog::new(&database.begin_read()?, engine))?;
        bug::catch(|| read(&log))
    }

    fn signal(&self) -> &Signal {
        &self.signal
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        let (engine, database) = (self.engine(), self.database()?);
        let transaction = engine.write(|| database.begin_write())?;
        let keeps_log = self.keeps_log.load(Ordering::Acquire);
        match collect(engine, &transaction, keeps_log, write) {
            Ok((result, changes)) if !changes.is_empty() => {
                let after = LogAfter::of(&changes);
                // The next switch waits here, so that the header says what the last one did.
                let _switching = after
                    .keeps_log
                    .map(|_| self.switching.lock().unwrap_or_else(PoisonError::into_inner));
                self.precede(after)?;
                engine.write(move || -> Result<(), redb::Error> {
                    batch::make(&transaction, changes)?;
                    Ok(transaction.commit()?)
                })?;
                self.follow(after)?;
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
    keeps_log: bool,
    write: impl FnOnce(&mut DiskBatch<'_>) -> Result<R>,
) -> Result<(R, Vec<Change>)> {
    let mut batch = DiskBatch::new(transaction, engine, keeps_log)?;
    // A panic has to end here, because redb cannot abort a transaction while a panic unwinds.
    let result = bug::catch(|| write(&mut batch));
    let changes = engine.write(|| Ok::<_, redb::Error>(batch.finish()));
    Ok((result?, changes?))
}

/// What a commit did to the log.
#[derive(Debug, Clone, Copy, Default)]
struct LogAfter {
    adds_records: bool,
    /// Whether the log was switched on or off.
    keeps_log: Option<bool>,
}

impl LogAfter {
    fn of(changes: &[Change]) -> Self {
        let mut after = LogAfter::default();
        for change in changes {
            match change {
                Change::Record(_, Some(_)) => after.adds_records = true,
                Change::Log(settings) => after.keeps_log = Some(settings.retention.is_some()),
                _ => {}
            }
        }
        after
    }
}

impl DiskStore {
    /// Prepares a commit. If it fails, a file of the newer version and a flag are left, which do no harm.
    fn precede(&self, after: LogAfter) -> Result<()> {
        if after.keeps_log == Some(true) {
            // Before the log is there, so that no program that does not know it writes.
            let mark = || file::mark(&*self.medium, file::WITH_LOG, Phase::Created);
            self.engine().write(mark)?;
            // The next commit may begin before this one returns.
            self.keeps_log.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// Follows a commit that is made.
    fn follow(&self, after: LogAfter) -> Result<()> {
        // Those who wait are told, too, that the log was switched off.
        if after.adds_records || after.keeps_log.is_some() {
            self.signal.wake();
        }
        if after.keeps_log == Some(false) {
            self.keeps_log.store(false, Ordering::Release);
            let mark = || file::mark(&*self.medium, file::PLAIN, Phase::Created);
            self.engine().write(mark)?;
        }
        Ok(())
    }

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
