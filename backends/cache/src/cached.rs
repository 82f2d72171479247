//! `Cached`: a backend with a cache in front of it.

use crate::checked::Checked;
use crate::entry::Answer;
use crate::flights::{Flights, Join};
use crate::policy::Kept;
use crate::process::{Entries, Process};
use crate::shared::Shared;
use crate::stats::{CacheStats, Counters};
use crate::store::{NoStore, SharedStore};
use futures_timer::Delay;
use futures_util::future::{Either, select};
use monotable_core::backend::{Keyed, Limits, Portable, Reader};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    PrimaryKey, Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted,
    Update, Written,
};
use monotable_core::schema::TableDef;
use monotable_core::{Backend, CrossPartitionTransactions, Error, Kind, Result, Transactions};
use serde::Serialize;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A backend with a cache in front of it: from [`CacheExt::cached`](crate::CacheExt::cached).
///
/// It is a backend, so a table is opened on it as on any other: `Shop::on(backend.cached(cache)?)`. That has the type
/// `Table<Shop, Cached<Embedded>>`, or `Table<Shop, Cached<Embedded, Redis<ConnectionManager>>>` with a shared store. Clones
/// share the cache. What it does is described in the [documentation of the crate](crate).
///
/// A cache is for one table, whose entities it names. The requests of another table on the same handle are refused
/// ([`is_invalid_request`](monotable_core::Error::is_invalid_request)) before anything is sent.
pub struct Cached<B: Backend, R = NoStore> {
    pub(crate) backend: B,
    pub(crate) inner: Arc<Inner<B::Item, R>>,
}

pub(crate) struct Inner<I, R> {
    pub(crate) table: &'static TableDef,
    kept: Vec<Kept>,
    pub(crate) process: Option<Process<I, Answer<I>>>,
    pub(crate) shared: Option<Shared<R>>,
    /// How long a read waits for another one of this process.
    lease: Duration,
    /// Reads of this process that have a lease of the shared store, by its token.
    pub(crate) leased: Flights<String, Answer<I>>,
    /// With what keys of the shared store begin.
    prefix: String,
    pub(crate) counters: Counters,
}

/// What became of another read of this process.
pub(crate) enum Waited<A> {
    Answer(A),
    /// It was given up, so it is the turn of those that wait.
    GivenUp,
    /// It is still in progress.
    TooLong,
}

impl<B: Backend<Item: Portable>, R: SharedStore> Cached<B, R> {
    pub(crate) fn new(
        backend: B,
        table: &'static TableDef,
        mut cache: Checked<B::Item, R>,
    ) -> Self {
        let shared = cache.take_shared();
        let Checked { bytes, at_most, kept, name, times, .. } = cache;
        let collection = backend.collection().unwrap_or(table.name);
        let prefix = format!("{name}:{collection}:");
        let process = bytes.and_then(entries).map(|entries| Process::new(entries, at_most));
        let (lease, leased, counters) = (times.lease, Flights::new(), Counters::default());
        let inner = Inner { table, kept, process, shared, lease, leased, prefix, counters };
        Cached { backend, inner: Arc::new(inner) }
    }

    /// Returns the backend behind the cache. What is written to it directly is not known to the cache.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// Returns what the cache has done since it was made, in this process.
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        self.inner.counters.stats()
    }

    /// The present time, in milliseconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        let since = self.backend.now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(feature = "in-process")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "without the feature, there is no layer in the process"
)]
fn entries<I: Portable>(bytes: u64) -> Option<Entries<I>> {
    Some(Entries::new(bytes))
}

#[cfg(not(feature = "in-process"))]
fn entries<I: Portable>(_: u64) -> Option<Entries<I>> {
    None
}

impl<I: Portable, R> Inner<I, R> {
    /// Refuses the requests of another table, of which nothing would be kept, and whose writes could change what is kept.
    ///
    /// # Errors
    ///
    /// `InvalidRequest`, with both tables and what to do.
    pub(crate) fn check(&self, table: &TableDef) -> Result<()> {
        let (of, this) = (self.table.name, table.name);
        if of == this {
            return Ok(());
        }
        let message = format!(
            "the cache is for table `{of}`, but this is `{this}`: give each table a cache of its own, with the entities of \
             that table, as in `{this}::on(backend.cached(cache)?)`",
        );
        Err(Error::new(Kind::InvalidRequest, message))
    }

    /// The entity whose reads are kept, if it is.
    pub(crate) fn kept(&self, entity: &str) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.entity.name == entity)
    }

    /// Whether something can be kept under the keys of an entity: its own items, or those of an entity with the same keys.
    pub(crate) fn is_kept(&self, entity: &str) -> bool {
        self.kept.iter().any(|kept| {
            let shared = kept.entity.shared;
            kept.entity.name == entity
                || shared.is_some_and(|shared| shared.space.members.contains(&entity))
        })
    }

    /// Waits for another read of this process, for the time of a lease at most: nobody may be polling it.
    pub(crate) async fn wait<A>(&self, join: &mut Join<A>) -> Waited<A>
    where
        R: SharedStore,
    {
        let limit = async {
            match &self.shared {
                Some(shared) => shared.sleep(self.lease).await,
                None => Delay::new(self.lease).await,
            }
        };
        match select(&mut join.answer, pin!(limit)).await {
            Either::Left((Ok(answer), _)) => Waited::Answer(answer),
            Either::Left((Err(_), _)) => Waited::GivenUp,
            Either::Right(_) => Waited::TooLong,
        }
    }

    /// The key in the shared store. The length of the first part keeps two keys apart.
    pub(crate) fn key(&self, key: &PrimaryKey) -> String {
        format!("{}{}:{}{}", self.prefix, key.pk.len(), key.pk, key.sk)
    }
}

impl<B: Backend<Item: Portable>, R: SharedStore> Backend for Cached<B, R> {
    type Item = B::Item;
    type Indexes = B::Indexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.backend.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.backend.encode(item)
    }

    async fn get(&self, request: Get) -> Result<Fetched<B::Item>> {
        self.inner.check(request.table)?;
        self.read(request).await
    }

    async fn put(&self, request: Put<B::Item>) -> Result<Written<B::Item>> {
        self.inner.check(request.table)?;
        self.put_item(request).await
    }

    async fn update(&self, request: Update) -> Result<Written<B::Item>> {
        self.inner.check(request.table)?;
        self.update_item(request).await
    }

    async fn delete(&self, request: Delete) -> Result<Written<B::Item>> {
        self.inner.check(request.table)?;
        self.delete_item(request).await
    }

    async fn query(&self, request: Query) -> Result<Queried<B::Item>> {
        self.inner.check(request.table)?;
        self.backend.query(request).await
    }

    async fn query_as<T: Reader>(&self, request: Query) -> Result<Queried<T::Output>> {
        self.inner.check(request.table)?;
        self.backend.query_as::<T>(request).await
    }

    async fn batch_get(&self, request: BatchGet) -> Result<BatchFetched<B::Item>> {
        self.inner.check(request.table)?;
        self.read_many(request).await
    }

    async fn batch_write(&self, request: BatchWrite<B::Item>) -> Result<BatchWritten> {
        self.inner.check(request.table)?;
        self.write_many(request).await
    }

    async fn pause(&self, duration: Duration) {
        self.backend.pause(duration).await;
    }

    fn now(&self) -> SystemTime {
        self.backend.now()
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        self.inner.check(request.table)?;
        self.backend.create_table(request).await
    }
}

impl<B: Transactions<Item: Portable>, R: SharedStore> Transactions for Cached<B, R> {
    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<B::Item>> {
        self.inner.check(request.table)?;
        self.backend.transact_get(request).await
    }

    async fn transact_write(&self, request: TransactWrite<B::Item>) -> Result<Transacted<B::Item>> {
        self.inner.check(request.table)?;
        self.transact(request).await
    }
}

impl<B: CrossPartitionTransactions<Item: Portable>, R: SharedStore> CrossPartitionTransactions
    for Cached<B, R>
{
}

impl<B: Backend, R> Clone for Cached<B, R> {
    fn clone(&self) -> Self {
        Cached { backend: self.backend.clone(), inner: Arc::clone(&self.inner) }
    }
}

impl<B: Backend + fmt::Debug, R> fmt::Debug for Cached<B, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entities: Vec<_> = self.inner.kept.iter().map(|kept| kept.entity.name).collect();
        f.debug_struct("Cached")
            .field("backend", &self.backend)
            .field("entities", &entities)
            .field("in_process", &self.inner.process.is_some())
            .field("is_shared", &self.inner.shared.is_some())
            .finish_non_exhaustive()
    }
}
