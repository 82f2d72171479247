//! `Cache`: what is kept, where, and for how long; and the call that puts it in front of a backend.

use crate::cached::Cached;
use crate::checked::Checked;
use crate::policy::{IntoPolicy, Kept, Policy, check_time};
use crate::shared::Times;
use crate::store::{NoStore, SharedStore};
use monotable_core::backend::Portable;
use monotable_core::schema::{Entity, EntityDef, Holds, Schema, TableDef};
use monotable_core::{Backend, Error, Kind, Result};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// What is kept of a table, where, and for how long. [`CacheExt::cached`] puts it in front of a backend.
///
/// `S` is the table, or [`NoEntities`] before the first [`entity`](Cache::entity). `R` is the shared store, if there is
/// one.
#[must_use = "a cache does nothing until it is in front of a backend: `backend.cached(cache)?`"]
pub struct Cache<S = NoEntities, R = NoStore> {
    bytes: Option<u64>,
    at_most: Option<Duration>,
    store: Option<R>,
    times: Times,
    name: String,
    entities: Vec<(&'static EntityDef, Policy)>,
    table: PhantomData<fn() -> S>,
}

/// The table of a [`Cache`] that names no entity yet.
#[derive(Debug)]
pub enum NoEntities {}

/// A cache that names an entity, and how long its items are kept.
#[diagnostic::on_unimplemented(
    message = "the cache names no entity, so it would keep nothing: say what it keeps and for how long, as in `.entity::<Customer>(Duration::from_secs(60))`",
    label = "this cache names no entity"
)]
pub trait KeepsEntities {
    /// The table.
    #[doc(hidden)]
    const TABLE: &'static TableDef;
}

impl<S: Schema> KeepsEntities for S {
    const TABLE: &'static TableDef = S::DEF;
}

#[cfg(feature = "in-process")]
impl Cache {
    /// Keeps items in this process, in at most about so many bytes of memory. If it is full, those go that are used least.
    /// An item counts as its bytes, its key, and 550 bytes more, which an entry takes besides; an absence as the last two.
    pub fn in_process(bytes: u64) -> Self {
        Cache { bytes: Some(bytes), ..Cache::empty(None) }
    }
}

impl<R: SharedStore> Cache<NoEntities, R> {
    /// Keeps items in a store that several processes share, such as [Redis](crate::Redis).
    pub fn shared(store: R) -> Self {
        Cache::empty(Some(store))
    }

    /// Keeps items in this process, in front of a store that several processes share.
    ///
    /// `at_most` is the longest time for which an item is kept in the process, because the process does not hear of what
    /// others write: some seconds.
    #[cfg(feature = "in-process")]
    pub fn layered(bytes: u64, at_most: Duration, store: R) -> Self {
        Cache { bytes: Some(bytes), at_most: Some(at_most), ..Cache::empty(Some(store)) }
    }

    /// Keeps the items of entity `E`, for this time to live, or under this [`Policy`]. What is not named is not kept.
    pub fn entity<E: Entity>(self, ttl_or_policy: impl IntoPolicy) -> Cache<E::Table, R> {
        let Cache { bytes, at_most, store, times, name, entities, .. } = self;
        let cache = Cache { bytes, at_most, store, times, name, entities, table: PhantomData };
        cache.and(E::DEF, ttl_or_policy)
    }
}

impl<S: Schema, R: SharedStore> Cache<S, R> {
    /// Keeps the items of entity `E`, too.
    pub fn entity<E: Entity>(self, ttl_or_policy: impl IntoPolicy) -> Self
    where
        S: Holds<E>,
    {
        self.and(E::DEF, ttl_or_policy)
    }
}

impl<S, R: SharedStore> Cache<S, R> {
    fn empty(store: Option<R>) -> Self {
        let (times, name) = (Times::DEFAULT, "monotable".to_owned());
        let entities = Vec::new();
        Cache { bytes: None, at_most: None, store, times, name, entities, table: PhantomData }
    }

    fn and(mut self, entity: &'static EntityDef, policy: impl IntoPolicy) -> Self {
        self.entities.push((entity, policy.into_policy()));
        self
    }

    /// Sets the name with which the keys in the shared store begin; the default is `monotable`. The name of the table in
    /// its backend follows it. Give it if a store is shared by two tables of one name, such as those of two accounts,
    /// regions or databases: otherwise the items of one are returned for the other.
    ///
    /// The name that follows is that of the table's type for the embedded store, and for a handle of Cosmos DB that was
    /// made of a client, which does not tell the name of its container. So all programs that share a store for one container
    /// open it in the same way: if not, the writes of one are not told to the other.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the most time that a request waits for one call of the shared store; the default is 50 ms. A read waits for at
    /// most three calls: to tell what is owed, to ask, and to remove an entry that is damaged. In between it may wait for
    /// another reader, see [`wait`](Cache::wait). After that time, the table answers.
    pub fn call_limit(mut self, limit: Duration) -> Self {
        self.times.call = limit;
        self
    }

    /// Sets for how long the shared store is left alone after a call that failed or took too long; the default is one
    /// second. In the meantime, requests do not wait for it.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.times.pause = pause;
        self
    }

    /// Sets how long a lease lasts; the default is 3 seconds. It has to be longer than a read of the table takes: a
    /// reader whose lease has ended keeps nothing. Other readers of the same process wait for it for that time, too, and then
    /// one of them reads the table.
    pub fn lease(mut self, lease: Duration) -> Self {
        self.times.lease = lease;
        self
    }

    /// Sets how long a reader waits for the reader of another process that has the lease; the default is 100 ms. After
    /// that time, it reads the table itself.
    pub fn wait(mut self, wait: Duration) -> Self {
        self.times.wait = wait;
        self
    }

    fn check<I: Portable>(self, table: &'static TableDef) -> Result<Checked<I, R>> {
        let Cache { bytes, at_most, store, times, name, entities, .. } = self;
        let minute = Duration::from_secs(60);
        check_time("the limit of a call", times.call, minute)?;
        check_time("the pause", times.pause, 60 * minute)?;
        check_time("the time of a lease", times.lease, minute)?;
        check_time("the time to wait for another reader", times.wait, minute)?;
        if let Some(at_most) = at_most {
            check_time("the longest time in the process", at_most, 24 * 60 * minute)?;
        }
        if bytes == Some(0) {
            let message =
                "the cache: 0 bytes of memory hold nothing: give it more, such as `64 << 20`";
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let mut kept: Vec<Kept> = Vec::new();
        for (entity, policy) in entities {
            if kept.iter().any(|other| other.entity.name == entity.name) {
                let message =
                    format!("the cache of `{}`: it is named twice: name it once", entity.name);
                return Err(Error::new(Kind::InvalidRequest, message));
            }
            kept.push(Kept::new::<I>(table, entity, policy)?);
        }
        Ok(Checked::new(kept, bytes, at_most, name, store, times))
    }
}

/// Puts a cache in front of a backend. Implemented for every backend of monotable, and for what wraps one.
pub trait CacheExt: Backend<Item: Portable> {
    /// Returns this backend with a cache in front of it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request), before anything is sent, if a time is zero or absurdly long, if
    /// an entity is named twice, or if it has to be [written through](Policy::write_through) and has no version.
    ///
    /// # Example: refuse a time to live of zero at the start of a program
    ///
    /// ```
    /// # use monotable::prelude::*;
    /// # use monotable::cache::Cache;
    /// # use serde::{Deserialize, Serialize};
    /// # use std::time::Duration;
    /// # #[derive(Debug, Table)]
    /// # enum Shop { Customer(Customer) }
    /// # #[derive(Debug, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER")]
    /// # struct Customer { id: String }
    /// let cache = Cache::in_process(64 << 20).entity::<Customer>(Duration::ZERO);
    /// let error = Embedded::in_memory().cached(cache).unwrap_err();
    /// assert!(error.to_string().contains("`Customer`"), "{error}");
    /// ```
    fn cached<S, R>(self, cache: Cache<S, R>) -> Result<Cached<Self, R>>
    where
        S: KeepsEntities,
        R: SharedStore,
    {
        Ok(Cached::new(self, S::TABLE, cache.check(S::TABLE)?))
    }
}

impl<B: Backend<Item: Portable>> CacheExt for B {}

/// Puts a cache in front of a backend that keeps every entity of a table, and writes through what has a version. For the
/// tests that every backend has to pass, which have many tables.
#[doc(hidden)]
pub fn keep_every_entity<B: Backend<Item: Portable>, R: SharedStore>(
    backend: B,
    table: &'static TableDef,
    bytes: u64,
    store: Option<R>,
    ttl: Duration,
) -> Result<Cached<B, R>> {
    let mut cache: Cache<NoEntities, R> = Cache { bytes: Some(bytes), ..Cache::empty(store) };
    // On a machine that does many things at the same time, an answer can be late.
    cache.times.call = Duration::from_secs(20);
    for entity in table.entities {
        let policy = Policy::ttl(ttl);
        let has_version = entity.rules.version.is_some();
        cache.entities.push((entity, if has_version { policy.write_through() } else { policy }));
    }
    Ok(Cached::new(backend, table, cache.check(table)?))
}

impl<S, R> fmt::Debug for Cache<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entities: Vec<_> = self.entities.iter().map(|(it, policy)| (it.name, policy)).collect();
        f.debug_struct("Cache")
            .field("bytes", &self.bytes)
            .field("at_most", &self.at_most)
            .field("is_shared", &self.store.is_some())
            .field("times", &self.times)
            .field("entities", &entities)
            .finish_non_exhaustive()
    }
}
