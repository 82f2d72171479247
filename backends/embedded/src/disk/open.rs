//! Opens a store: a new one, one that was closed, or one that was interrupted by a crash.

use super::batch;
use super::engine::{Engine, catch_panic};
use super::file::{self, ENGINE, Found, PLAIN, Phase, WITH_LOG};
use super::region::Region;
use super::{DiskStore, META};
use crate::signal::Signal;
use crate::store::{LogView as _, Store as _};
use monotable_core::{Error, Kind, Result};
use redb::backends::FileBackend;
use redb::{Builder, Database, ReadableDatabase as _, StorageBackend};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// The size of redb's page cache in bytes, which is most of the memory that a store takes. A larger
/// cache did not make loading faster.
pub(crate) const CACHE: usize = 64 * 1024 * 1024;

impl DiskStore {
    /// Opens the store in a file. Creates the store if the file is empty or does not exist.
    ///
    /// # Errors
    ///
    /// - `SchemaMismatch` if the file is not a store, is damaged, or has another version of the
    ///   format;
    /// - `Conflict` if the store is already open;
    /// - `NotSent` if the operating system returns an error.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let refused = |error: io::Error| {
            let message = format!("the store `{name}` cannot be opened: {error}");
            Error::new(Kind::NotSent, message).with_source(error)
        };
        let file = open_file(path).map_err(refused)?;
        // The lock is taken before anything is read or written, and held until the file is closed.
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                let message = format!(
                    "the store `{name}` is already open, in this process or another: open it once, \
                     and clone the handle to share it"
                );
                Error::new(Kind::Conflict, message)
            }
            TryLockError::Error(error) => refused(error),
        })?;
        sync_directory(path).map_err(refused)?;
        let medium = FileBackend::new(file).map_err(|error| Engine::new(&name).damaged(error))?;
        Self::open_medium(Arc::new(medium), name, CACHE)
    }

    /// Opens the store on a medium that nothing else uses, with a cache of `cache` bytes.
    pub(crate) fn open_medium(
        medium: Arc<dyn StorageBackend>,
        name: String,
        cache: usize,
    ) -> Result<Self> {
        let fault = |error: io::Error| opening(&name, error.into());
        let is_new = match file::identify(&*medium).map_err(fault)? {
            Found::Empty | Found::Unfinished => true,
            Found::Store => false,
            other => return Err(not_a_store(&name, other)),
        };
        let region = medium.clone();
        let opened = catch_panic(|| {
            if is_new { create(region, &name, cache) } else { recover(region, &name, cache) }
        });
        let database =
            opened.unwrap_or_else(|| Err(Engine::new(&name).damaged("redb cannot read it")))?;
        let store = DiskStore {
            database: Some(database),
            medium,
            name,
            keeps_log: AtomicBool::new(false),
            switching: Mutex::default(),
            signal: Signal::default(),
        };
        let settings = store.read_log(|log| log.settings())?;
        let keeps_log = settings.is_some_and(|settings| settings.retention.is_some());
        store.keeps_log.store(keeps_log, Ordering::Release);
        Ok(store)
    }
}

fn open_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Syncs the directory of the file, so that a new file is still there after a crash.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// On other systems a directory cannot be synced, or need not be.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Creates a store, also in a file where a crash interrupted an earlier attempt.
fn create(medium: Arc<dyn StorageBackend>, name: &str, cache: usize) -> Result<Database> {
    let engine = || -> Result<Database, redb::Error> {
        file::mark(&*medium, PLAIN, Phase::New)?;
        // Removes what an earlier attempt left, because redb would take it for a damaged database.
        medium.set_len(ENGINE)?;
        let engine = open_engine(medium.clone(), cache)?;
        let transaction = engine.begin_write()?;
        batch::make(&transaction, Vec::new())?;
        transaction.commit()?;
        file::mark(&*medium, PLAIN, Phase::Created)?;
        Ok(engine)
    };
    engine().map_err(|error| opening(name, error))
}

/// Opens the redb database of an existing store. After a crash, redb repairs it.
fn recover(medium: Arc<dyn StorageBackend>, name: &str, cache: usize) -> Result<Database> {
    let fault = |error: redb::Error| opening(name, error);
    if medium.len().map_err(|error| fault(error.into()))? <= ENGINE {
        // redb would create a new database in it.
        return Err(Engine::new(name).damaged("it is truncated"));
    }
    let engine = open_engine(medium, cache).map_err(|error| fault(error.into()))?;
    let transaction = engine.begin_read().map_err(|error| fault(error.into()))?;
    match transaction.open_table(META) {
        Ok(_) => Ok(engine),
        Err(redb::TableError::TableDoesNotExist(_)) => {
            Err(Engine::new(name).damaged("it has no tables"))
        }
        Err(error) => Err(fault(error.into())),
    }
}

fn open_engine(
    medium: Arc<dyn StorageBackend>,
    cache: usize,
) -> Result<Database, redb::DatabaseError> {
    Builder::new().set_cache_size(cache).create_with_backend(Region::new(medium, ENGINE))
}

/// Returns the error for a file that is not a store, or not one that this version can read.
fn not_a_store(name: &str, found: Found) -> Error {
    let advice = match found {
        Found::Version(version) => format!(
            "`{name}` is a monotable store of format {version}, but this version of monotable \
             reads the formats {PLAIN} and {WITH_LOG}: use {} version of monotable",
            if version > WITH_LOG { "a newer" } else { "an older" }
        ),
        Found::Damaged => return Engine::new(name).damaged("its header cannot be read"),
        _ => format!(
            "`{name}` is not a monotable store: use the path of a store, or a path where there is \
             no file yet"
        ),
    };
    Error::new(Kind::SchemaMismatch, advice)
}

/// Returns the error for a store that cannot be opened because of `error`.
fn opening(name: &str, error: redb::Error) -> Error {
    match error {
        redb::Error::Io(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ) =>
        {
            let message = format!("the store `{name}` cannot be opened: {error}");
            Error::new(Kind::NotSent, message).with_source(error)
        }
        error => Engine::new(name).damaged(error),
    }
}
