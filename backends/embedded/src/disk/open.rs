//! Opening a store: a new one, one that was closed, or one that a crash left.

use super::batch;
use super::engine::{Engine, catch_panic};
use super::file::{self, ENGINE, Found, Phase, VERSION};
use super::region::Region;
use super::{DiskStore, META};
use monotable_core::{Error, Kind, Result};
use redb::backends::FileBackend;
use redb::{Builder, Database, ReadableDatabase as _, StorageBackend};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// redb's cache of pages, in bytes: what a store takes of memory, about. More did not load faster.
pub(crate) const CACHE: usize = 64 * 1024 * 1024;

impl DiskStore {
    /// Opens the store in a file, and makes one where there is no file or an empty one.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if the file is no store, a damaged one or one of another version;
    /// `Conflict` if it is open elsewhere; `Unavailable` if the system refuses.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let refused = |error: io::Error| {
            let message = format!("the store `{name}` cannot be opened: {error}");
            Error::new(Kind::Unavailable, message).with_source(error)
        };
        let file = open_file(path).map_err(refused)?;
        // Before anything is read or written. Held as long as the file is open.
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                let message = format!(
                    "the store `{name}` is open already, here or in another process: one handle \
                     opens it, and its clones share it"
                );
                Error::new(Kind::Conflict, message)
            }
            TryLockError::Error(error) => refused(error),
        })?;
        sync_directory(path).map_err(refused)?;
        let medium = FileBackend::new(file).map_err(|error| Engine::new(&name).damaged(error))?;
        Self::open_medium(Arc::new(medium), name, CACHE)
    }

    /// Opens the store on any medium, which nothing else uses, with a cache of so many bytes.
    pub(crate) fn open_medium(
        medium: Arc<dyn StorageBackend>,
        name: String,
        cache: usize,
    ) -> Result<Self> {
        let fault = |error: io::Error| opening(&name, error.into());
        let is_new = match file::identify(&*medium).map_err(fault)? {
            Found::Empty | Found::Unfinished => true,
            Found::Store => false,
            other => return Err(no_store(&name, other)),
        };
        let opened = catch_panic(|| {
            if is_new { create(medium, &name, cache) } else { recover(medium, &name, cache) }
        });
        let database =
            opened.unwrap_or_else(|| Err(Engine::new(&name).damaged("redb cannot read it")))?;
        Ok(DiskStore { database: Some(database), name })
    }
}

fn open_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Makes the names of new files last.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Elsewhere a directory cannot be synced, or need not be.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes a new store, also where a crash cut that short before.
fn create(medium: Arc<dyn StorageBackend>, name: &str, cache: usize) -> Result<Database> {
    let engine = || -> Result<Database, redb::Error> {
        file::mark(&*medium, Phase::New)?;
        // What an earlier attempt left would not be taken for an engine.
        medium.set_len(ENGINE)?;
        let engine = open_engine(medium.clone(), cache)?;
        let transaction = engine.begin_write()?;
        batch::make(&transaction, Vec::new())?;
        transaction.commit()?;
        file::mark(&*medium, Phase::Created)?;
        Ok(engine)
    };
    engine().map_err(|error| opening(name, error))
}

/// Opens the engine, which after a crash repairs itself.
fn recover(medium: Arc<dyn StorageBackend>, name: &str, cache: usize) -> Result<Database> {
    let fault = |error: redb::Error| opening(name, error);
    if medium.len().map_err(|error| fault(error.into()))? <= ENGINE {
        // redb would make a new store of it.
        return Err(Engine::new(name).damaged("it is cut short"));
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

/// A file that is no store that this version reads.
fn no_store(name: &str, found: Found) -> Error {
    let advice = match found {
        Found::Version(version) => format!(
            "`{name}` is a monotable store of format {version}, and this version of monotable \
             reads format {VERSION}: use {} one",
            if version > VERSION { "a newer" } else { "an older" }
        ),
        Found::Damaged => return Engine::new(name).damaged("its header cannot be read"),
        _ => format!("`{name}` is not a monotable store: name a file that is one, or none"),
    };
    Error::new(Kind::SchemaMismatch, advice)
}

/// What can go wrong with a file that says it is a store.
fn opening(name: &str, error: redb::Error) -> Error {
    match error {
        redb::Error::Io(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ) =>
        {
            let message = format!("the store `{name}` cannot be opened: {error}");
            Error::new(Kind::Unavailable, message).with_source(error)
        }
        error => Engine::new(name).damaged(error),
    }
}
