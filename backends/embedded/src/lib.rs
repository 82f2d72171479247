//! The embedded backend of [monotable](https://docs.rs/monotable): a store inside the process,
//! either in memory or durable in a file. It needs no server and no network.
//!
//! [`Embedded`] is the reference implementation of the [`Backend`] contract. It also calculates
//! what each request would cost on DynamoDB. An item and its index entries change together.
//!
//! # In memory
//!
//! A request runs on the thread that polls it and takes microseconds. It sees one consistent state
//! of the store.
//!
//! # Transactions
//!
//! All writes of a transaction are made in one commit, in whatever partitions the items are. The
//! same commit records the idempotency token of the transaction, which is kept for ten minutes,
//! even if the store is closed and opened again. A transaction that is sent again with the same
//! token within that time succeeds and changes nothing. With an empty token, a transaction has no
//! such protection.
//!
//! # Items that expire
//!
//! An item expires at the time in the table's ttl attribute, if that is a number. Expired items are
//! removed little by little, together with their index entries: each commit also removes some of
//! them, and always more than it adds, so that they do not pile up. This removal is not part of the
//! cost of a request. Until an expired item is removed, reads return it like any other item.
//!
//! # Changes
//!
//! A store can keep a log of its changes: [`with_change_log`](Embedded::with_change_log) switches it on and returns a
//! handle with a [feed](monotable_core::change). The log is as durable as the items, and is kept for 24 hours, or as
//! [`Retention`] says. A store without a log writes nothing for it, and asking for its changes does not compile.
//!
//! ```
//! use monotable::change::{ChangeKind, StartFrom};
//! use monotable::prelude::*;
//! use monotable_embedded::{Embedded, Retention};
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Debug, PartialEq, Table)]
//! # enum Shop { Order(Order) }
//! # #[derive(Debug, PartialEq, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
//! # struct Order { id: u32, total: u32 }
//! # fn main() -> monotable::Result<()> { futures_executor::block_on(async {
//!
//! let store = Embedded::in_memory().with_change_log(Retention::default())?;
//! let shop = Shop::on(store);
//! Order { id: 1, total: 30 }.create().send(&shop).await?;
//! Order { id: 1, total: 20 }.put().send(&shop).await?;
//!
//! let page = shop.changes(StartFrom::Oldest).next_page().await?;
//! let [created, updated] = &page.changes[..] else { panic!("two changes") };
//! assert_eq!(created.kind, ChangeKind::Created(Shop::Order(Order { id: 1, total: 30 })));
//! assert_eq!(updated.old_item(), Some(&Shop::Order(Order { id: 1, total: 30 })));
//! # Ok(()) }) }
//! ```
//!
//! All changes of a store are in one order, which is that of the commits. A page has up to a thousand changes, and ends
//! with the one that takes its items over 1 MB. A reader that has read all of them can
//! [wait](Embedded::wait_for_changes) for the next one.
//!
//! Files with a log cannot be opened by versions of monotable that know no logs: they would make changes without
//! recording them.
//!
//! # On disk
//!
//! A write is acknowledged after it is synced to the disk, so a crash loses no acknowledged write.
//! To recover from a crash, open the store again. Writes that wait at the same time are synced
//! together, so many concurrent writers have a much higher throughput than one. Reads run
//! concurrently with writes, and each read sees one consistent state.
//!
//! The store has threads of its own. So it does not depend on an async runtime, and no thread of
//! the caller waits for the disk. A request whose future is dropped may still be executed.
//!
//! Damage to the file is detected only if the file or a page of it cannot be read. There is no
//! checksum for each item, so a changed byte within an item is not detected. redb, the storage
//! engine, panics on some damaged pages. This backend turns such a panic into an error that says
//! that the file is damaged. It turns a panic in the code of monotable into an error that asks you
//! to report the bug. Both need a program that unwinds on panic, which is Rust's default.
//!
//! If writing to the disk fails, all writes that are in progress fail too. The store then refuses
//! further writes, and reads may fail. Whether the failed writes are stored is known after the
//! store is opened again.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod adopted;
mod bug;
mod changes;
mod disk;
mod document;
mod eval;
mod layout;
mod log;
mod memory;
mod schema;
mod signal;
mod store;
#[cfg(test)]
mod testing;
mod threads;

pub use changes::{ChangeLog, ChangeReader, NoChangeLog};
pub use document::Document;
pub use log::Retention;

use adopted::Adopted;
use disk::DiskStore;
use eval::{Adopt, Reads, Transaction, Write, Writes};
use memory::MemoryStore;
use monotable_core::backend::{AllIndexes, Keyed, Limits};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Put,
    Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::schema::TableDef;
use monotable_core::{Backend, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store as _;
use threads::Threads;

/// A store inside this process, which holds one table. Clones of this handle share the store.
///
/// The first request records the table in the store, as [`create_table`](Backend::create_table) does. The
/// record is the text of the table's key lock ([`TableDef::key_lock`]). After that, requests of a table with
/// other attributes of the key or tag, another encoding or other indexes fail with
/// [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) and change nothing.
///
/// The name of the table, which is that of its enum if it has no other, may change, and so may its entities.
/// Only if both the name and all entities differ is it another table, which is refused. A change of an
/// entity's keys is not refused here, but by the table's `lock = ".."`.
///
/// An item is limited to 400 KB, and a page ends with the item that takes it over 1 MB, as on
/// DynamoDB. Unlike DynamoDB, this backend reports a next page only if that page has an item.
///
/// A store on disk is closed when its last handle is dropped. That can block the dropping thread
/// for some tens of milliseconds. The store can be opened again immediately afterwards.
///
/// `L` says whether this handle can read the store's changes, see [`with_change_log`](Embedded::with_change_log).
pub struct Embedded<L = NoChangeLog> {
    shared: Arc<Shared>,
    log: PhantomData<fn() -> L>,
}

struct Shared {
    adopted: Adopted,
    engine: Engine,
}

enum Engine {
    Memory(MemoryStore),
    Disk { threads: Threads<DiskStore>, path: PathBuf },
}

impl Embedded {
    /// Creates an empty store in memory. Its content is lost when the last handle is dropped.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::on(Engine::Memory(MemoryStore::default()))
    }

    /// Opens the store in a file. Creates the store if the file is empty or does not exist.
    ///
    /// This call blocks on the disk. In an async program, call it before the runtime starts, or on
    /// a thread that may block. The cache takes up to about 64 MB of memory. After a crash, the
    /// store is repaired here, which reads the whole file once and takes about 300 ms for 300 MB.
    ///
    /// # Errors
    ///
    /// - [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) if the file is not a
    ///   store, has another version of the format, or is too damaged to be opened;
    /// - [`is_conflict`](monotable_core::Error::is_conflict) if the store is already open, in this
    ///   process or another;
    /// - [`is_unavailable`](monotable_core::Error::is_unavailable) if the operating system returns
    ///   an error, which is the source of this one.
    ///
    /// The message names the file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let threads = Threads::start(DiskStore::open(path)?)?;
        Ok(Self::on(Engine::Disk { threads, path: path.to_owned() }))
    }

    fn on(engine: Engine) -> Self {
        Embedded::of(Arc::new(Shared { adopted: Adopted::default(), engine }))
    }
}

impl<L> Embedded<L> {
    fn of(shared: Arc<Shared>) -> Self {
        Embedded { shared, log: PhantomData }
    }

    /// Checks that the store holds the table as it is declared. Records the table in a new store.
    async fn adopt(&self, table: &'static TableDef) -> Result<()> {
        if self.shared.adopted.knows(table) {
            return Ok(());
        }
        self.commit(Adopt(table)).await?;
        self.shared.adopted.learn(table);
        Ok(())
    }

    async fn read<R: Reads>(&self, table: &'static TableDef, request: R) -> Result<R::Answer> {
        self.adopt(table).await?;
        match &self.shared.engine {
            Engine::Memory(store) => store.read(|view| request.read(view)),
            Engine::Disk { threads, .. } => {
                threads.read(move |store| store.read(|view| request.read(view))).await
            }
        }
    }

    async fn commit<W: Writes>(&self, request: W) -> Result<W::Answer> {
        match &self.shared.engine {
            Engine::Memory(store) => eval::commit(store, &request, eval::now()),
            Engine::Disk { threads, .. } => threads.write(request).await,
        }
    }

    /// Executes a single write.
    async fn write(&self, table: &'static TableDef, write: Write) -> Result<Written<Document>> {
        self.adopt(table).await?;
        let written = self.commit(vec![write]).await?;
        written.into_iter().next().ok_or_else(threads::stopped)
    }
}

impl<L: 'static> Backend for Embedded<L> {
    type Item = Document;
    type Indexes = AllIndexes;

    const SYSTEM: &'static str = "monotable";

    const LIMITS: Limits = eval::LIMITS;

    fn collection(&self) -> Option<&str> {
        None
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Document> {
        Document::encode(item)
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
        Ok(BatchWritten::new(Vec::new(), cost))
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        self.adopt(request.table).await
    }
}

impl<L: 'static> Transactions for Embedded<L> {
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
}

impl<L: 'static> CrossPartitionTransactions for Embedded<L> {}

impl<L> Clone for Embedded<L> {
    fn clone(&self) -> Self {
        Embedded::of(self.shared.clone())
    }
}

impl<L> fmt::Debug for Embedded<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shared.engine {
            Engine::Memory(_) => f.write_str("Embedded(in memory)"),
            Engine::Disk { path, .. } => f.debug_tuple("Embedded").field(path).finish(),
        }
    }
}
