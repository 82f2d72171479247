//! A cache in front of any backend of [monotable](https://docs.rs/monotable): in the process, in Redis or Valkey, or both,
//! the first in front of the second.
//!
//! [`backend.cached(cache)?`](CacheExt::cached) is a backend, so a table is opened on it as on any other, and every request
//! works through it. Reads by key are answered from the cache, and writes make it forget what they change.
//!
//! ```
//! use monotable::cache::{Cache, Policy};
//! use monotable::prelude::*;
//! use serde::{Deserialize, Serialize};
//! use std::time::Duration;
//!
//! # #[derive(Debug, Table)]
//! # enum Shop { Customer(Customer), Price(Price), Order(Order) }
//! # #[derive(Debug, PartialEq, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER")]
//! # struct Customer { id: String }
//! # #[derive(Debug, PartialEq, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "PRICE#{product}", sk = "PRICE", version = version)]
//! # struct Price { product: String, cents: u64, version: u64 }
//! # #[derive(Debug, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
//! # struct Order { id: String }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> monotable::Result<()> {
//! let cache = Cache::in_process(64 << 20) // bytes
//!     .entity::<Customer>(Duration::from_secs(10))
//!     .entity::<Price>(Policy::ttl(Duration::from_secs(60)).absent(Duration::from_secs(2)).write_through());
//! let shop = Shop::on(Embedded::in_memory().cached(cache)?);
//!
//! let price = Price { product: "P1".into(), cents: 999, version: 0 };
//! price.create().send(&shop).await?;
//! Price::get("P1").send(&shop).await?; // reads the table
//! let price = Price::get("P1").send(&shop).await?; // does not
//! assert_eq!(price.unwrap().cents, 999);
//! let stats = shop.backend().stats();
//! assert_eq!((stats.hits, stats.misses), (1, 1));
//! # Ok(()) }
//! ```
//!
//! # What is kept
//!
//! - The items of the entities that are named, each for the time that is given with it, and that there is no item, for a
//!   shorter one. What is not named is never kept, and its requests are passed on unchanged.
//! - **`get` and `get_many`** are answered from the cache, and so are the items of [`hydrate`](monotable_core::Query::hydrate).
//!   A `get` of a projection is answered if the whole item is kept, and never fills the cache.
//! - **Past the cache** go consistent reads, `transact_get`, queries, and the `get` of a key space's enum. So does all that
//!   decides about a write: a condition is evaluated by the table, and `update_with` reads consistently. After a write that
//!   was refused, the item is read from the table again.
//! - Queries are not kept: nothing that this cache is told of says which queries an item enters or leaves. If a query is the
//!   costly part, query an index that has only the keys, and `hydrate`: then the items come from the cache.
//! - An item that [expires](monotable_core::ExpiresAt) is kept until then at the latest, and an expired one is not returned.
//! - The read that fills the cache is consistent, which costs twice as much in DynamoDB. What hits have saved, as
//!   [`CacheStats::saved`], is counted as eventually consistent reads.
//!
//! # How old an item can be
//!
//! A read returns what was stored at some time. The table says which writes it may not have seen:
//!
//! | the write was made | [in the process](Cache::in_process) | [shared](Cache::shared) | [both](Cache::layered) |
//! |---|---|---|---|
//! | through the same handle or a clone, and has been answered | seen | seen | seen |
//! | through a cache of another process, which shares the store | until the time to live is over | seen when the shared store was told, which is before the write is answered | at most the time for the process later |
//! | through such a cache, and its process has died, or its future was dropped before the answer | as above | until the time to live is over | until the time to live is over |
//! | through such a cache, which could not reach the shared store | as above | until the time to live is over, or until that process reaches it again | the same, and at most the time for the process later |
//! | by another program, or by the store itself | until the time to live is over | the same | the same |
//!
//! - "The time to live" counts from when the read or the write began that has put the item into the cache. In the shared store
//!   it is longer by as much as the one call takes that fills it. The times of both layers are not added.
//! - A write is answered after the shared store was told, so between the commit and the answer others can read both.
//! - A write whose error is [`is_outcome_unknown`](monotable_core::Error::is_outcome_unknown) may still happen after the
//!   error was returned. Then it is one of the last row.
//! - "Seen" is said of what the cache answers. A projection that is not answered by the cache, and a query, are read from the
//!   table as without a cache: if they are eventually consistent, they may not see what was written just before.
//! - The last three rows end sooner if the [changes](Cached::apply) of the table are passed on to the cache.
//! - With a layer in the process, a read can share the result of another one of the same process that began before it and
//!   has not ended. Only writes of other processes can be missing for that reason, and only for as long as a read takes. It
//!   waits for the other one for at most the time of a [lease](Cache::lease), and then reads the table.
//! - **The shared store must not bring back what it has removed.** A server that starts again with an old file, or a replica
//!   that takes over before it was told of a removal, can have entries that no row of the table allows for, until their
//!   time to live is over. So run it without snapshots and append-only files, and count on that time after a failover.
//! - **All processes that share a store use the table in one region.** A consistent read sees all writes of its own region. A
//!   reader in another region could keep an item that was written before, in the other one.
//! - Clocks of machines do not matter for the shared store, which counts the time itself. In the process, the time of day
//!   counts as well as the time that has passed, because an instance of a function may be frozen. If the clock is set
//!   back, entries are read again.
//!
//! What cannot happen is that a reader which has read the old item puts it into the cache after a writer has removed it, as
//! in most caches: only who has the lease may fill, and each write takes it away. The order of all steps of two readers and
//! two writers is tested, for both layers.
//!
//! # When the shared store fails
//!
//! No request fails because of the cache. A call of the shared store is given up after [50 ms](Cache::call_limit), and the
//! table answers. For [one second](Cache::pause) after that, no call is made, so that other requests do not wait. A read
//! waits for at most three calls, and for at most [100 ms](Cache::wait) for the reader of another process, before it reads the
//! table; then its result is sent to the store, which is one more call. A write waits for one call. What a write could not
//! tell the store is remembered by the process, up to 10,000 keys, and told before the store is asked again. The entries of
//! more keys stay until their time to live is over, also for this process.
//!
//! An entry is removed if it cannot be read, because it is damaged or of another version of the format. It carries the
//! name of the entity and a fingerprint of its declaration, so a new version of a program does not read what an old one has
//! kept if fields, keys or names have changed. While both run, they take turns.
//!
//! # What the cache is doing
//!
//! [`Cached::stats`] has counters. The span of a request has the field `monotable.cache`, which is `hit`, `shared hit`,
//! `joined`, `miss`, `bypassed`, or `unavailable` if the shared store could not be asked. Events of `tracing` have the target
//! `monotable::cache`.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod cache;
mod cached;
mod changes;
mod checked;
mod entry;
mod flights;
#[cfg(test)]
mod interleave;
mod policy;
mod process;
mod read;
mod read_many;
#[cfg(feature = "redis")]
mod redis;
mod shared;
mod stats;
mod store;
mod write;

#[doc(hidden)]
pub use cache::keep_every_entity;
pub use cache::{Cache, CacheExt, KeepsEntities, NoEntities};
pub use cached::Cached;
pub use changes::Applies;
pub use policy::{IntoPolicy, Policy};
#[cfg(feature = "redis")]
pub use redis::Redis;
pub use stats::CacheStats;
pub use store::{Effect, Found, Lease, NoStore, SharedStore, StoredEntry, Wrote};
