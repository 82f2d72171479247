//! The embedded backend of [monotable](https://docs.rs/monotable): a store in this process, in
//! memory or durable in a file. No server, no network.
//!
//! [`Embedded`] is the reference: it does what the [`Backend`] contract says, down to what a
//! request would cost on DynamoDB. Indexes change together with their items.
//!
//! # In memory
//!
//! Requests run at once, on the thread that polls them, and take microseconds. Each sees one state
//! of the store.
//!
//! # Transactions
//!
//! All writes of a transaction are made in one commit, whatever their partitions. Its token is
//! recorded in the same commit and known for ten minutes, also when the store has been opened again:
//! sent again, the writes are not made again. An empty token is none.
//!
//! # Items that expire
//!
//! Items with a number in the table's ttl attribute are removed when that time is past, with their
//! index entries: each commit of writes takes a few of them along, more than it adds, at no cost to
//! who writes. Until then they are read as all others are.
//!
//! # On disk
//!
//! A write is acknowledged when it is synced, and a crash loses nothing that was; opening the store
//! again is all it takes. Writes that wait at the same time are synced together, so many writers
//! write far more than one does. Reads run beside the writer and each sees one state. The work is
//! done on threads of the store's own, so nothing depends on a runtime and no caller's thread waits
//! for the disk. If a future is dropped, what it asked for may still happen.
//!
//! Damage is found where it keeps the file or a page from being read; bytes of items that a disk
//! changed in silence are not, there is no checksum for each. redb panics on some damaged pages:
//! such a panic becomes an error that says that the file is damaged. A panic in monotable's own code
//! becomes an error that says that it is a bug to report. Both need a program whose panics unwind.
//!
//! If writing to the disk fails, so do all writes that were under way, and the store takes no more
//! of them, and may not be able to read: whether those few are stored is known when it is opened
//! again.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod adopted;
mod bug;
mod disk;
mod document;
mod eval;
mod layout;
mod memory;
mod pause;
mod schema;
mod store;
#[cfg(test)]
mod testing;
mod threads;

pub use document::Document;

use adopted::Adopted;
use disk::DiskStore;
use eval::{Adopt, Reads, Transaction, Write, Writes};
use memory::MemoryStore;
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Put,
    Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::{Backend, CrossPartitionTransactions, Limits, Result, TableDef};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Store as _;
use threads::Threads;

/// A store in this process; it holds one table. A handle: its clones share the store.
///
/// The first request records the table's keys and indexes in the store, as
/// [`create_table`](Backend::create_table) does. From then on a table that is declared otherwise
/// is refused with [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch), and nothing
/// is changed.
///
/// Items are limited to 400 KB and pages end past 1 MB, as on DynamoDB. Where there is a next page,
/// there is an item on it: this looks one further than DynamoDB does.
///
/// When the last handle is dropped, a store on disk is closed, which may take some tens of
/// milliseconds of the thread that drops it; it can be opened again right away.
#[derive(Clone)]
pub struct Embedded(Arc<Shared>);

struct Shared {
    adopted: Adopted,
    engine: Engine,
}

enum Engine {
    Memory(MemoryStore),
    Disk { threads: Threads<DiskStore>, path: PathBuf },
}

impl Embedded {
    /// A new, empty store in memory. It is gone with its last handle.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::on(Engine::Memory(MemoryStore::default()))
    }

    /// Opens the store in a file, and makes one if there is no such file or an empty one.
    ///
    /// Blocks on the disk: in async code, open it before anything runs, or on a thread that may
    /// block. Memory for the cache is about 64 MB. A store that a crash left repairs itself here,
    /// which reads the whole file once: some 300 ms for 300 MB.
    ///
    /// # Errors
    ///
    /// - [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) if the file is not a
    ///   store, is one of a newer format, or is so damaged that it cannot be opened;
    /// - [`is_conflict`](monotable_core::Error::is_conflict) if it is open already, in this process
    ///   or another;
    /// - [`is_unavailable`](monotable_core::Error::is_unavailable) if the system does not let it be
    ///   opened, with its error as the source.
    ///
    /// The message names the file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let threads = Threads::start(DiskStore::open(path)?)?;
        Ok(Self::on(Engine::Disk { threads, path: path.to_owned() }))
    }

    fn on(engine: Engine) -> Self {
        Embedded(Arc::new(Shared { adopted: Adopted::default(), engine }))
    }

    /// Makes sure that the store holds the table as it is declared.
    async fn adopt(&self, table: &'static TableDef) -> Result<()> {
        if self.0.adopted.knows(table) {
            return Ok(());
        }
        self.commit(Adopt(table)).await?;
        self.0.adopted.learn(table);
        Ok(())
    }

    async fn read<R: Reads>(&self, table: &'static TableDef, request: R) -> Result<R::Answer> {
        self.adopt(table).await?;
        match &self.0.engine {
            Engine::Memory(store) => store.read(|view| request.read(view)),
            Engine::Disk { threads, .. } => {
                threads.read(move |store| store.read(|view| request.read(view))).await
            }
        }
    }

    async fn commit<W: Writes>(&self, request: W) -> Result<W::Answer> {
        match &self.0.engine {
            Engine::Memory(store) => eval::commit(store, &request, eval::now()),
            Engine::Disk { threads, .. } => threads.write(request).await,
        }
    }

    /// Makes one write.
    async fn write(&self, table: &'static TableDef, write: Write) -> Result<Written<Document>> {
        self.adopt(table).await?;
        let written = self.commit(vec![write]).await?;
        written.into_iter().next().ok_or_else(threads::stopped)
    }
}

impl Backend for Embedded {
    type Item = Document;

    const SYSTEM: &'static str = "monotable";

    const LIMITS: Limits = eval::LIMITS;

    fn collection(&self) -> Option<&str> {
        None
    }

    fn encode<T: Serialize + ?Sized>(&self, value: &T) -> Result<Document> {
        Document::encode(value)
    }

    async fn get(&self, request: Get) -> Result<Fetched<Document>> {
        self.read(request.table, request).await
    }

    async fn put(&self, request: Put<Document>) -> Result<Written<Document>> {
        self.write(request.table, Write::put(request)?).await
    }

    async fn update(&self, request: Update) -> Result<Written<Document>> {
        self.write(request.table, Write::update(request)?).await
    }

    async fn delete(&self, request: Delete) -> Result<Written<Document>> {
        self.write(request.table, Write::delete(request)).await
    }

    async fn query(&self, request: Query) -> Result<Queried<Document>> {
        self.read(request.table, request).await
    }

    async fn batch_get(&self, request: BatchGet) -> Result<BatchFetched<Document>> {
        eval::check_keys("a batch of reads", request.keys.iter(), Self::LIMITS.batch_get)?;
        self.read(request.table, request).await
    }

    async fn batch_write(&self, request: BatchWrite<Document>) -> Result<BatchWritten> {
        let table = request.table;
        let writes = eval::batch(request)?;
        self.adopt(table).await?;
        let written = self.commit(writes).await?;
        let cost = written.into_iter().map(|written| written.cost).sum();
        Ok(BatchWritten { unprocessed: Vec::new(), cost })
    }

    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<Document>> {
        let keys = request.gets.iter().map(|get| &get.key);
        eval::check_keys("a transaction", keys, Self::LIMITS.transaction)?;
        self.read(request.table, request).await
    }

    async fn transact_write(
        &self,
        request: TransactWrite<Document>,
    ) -> Result<Transacted<Document>> {
        let table = request.table;
        let transaction = Transaction::new(request)?;
        self.adopt(table).await?;
        self.commit(transaction).await
    }

    async fn pause(&self, duration: Duration) {
        pause::pause(duration).await;
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        self.adopt(request.table).await
    }
}

impl CrossPartitionTransactions for Embedded {}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.engine {
            Engine::Memory(_) => f.write_str("Embedded(in memory)"),
            Engine::Disk { path, .. } => f.debug_tuple("Embedded").field(path).finish(),
        }
    }
}
