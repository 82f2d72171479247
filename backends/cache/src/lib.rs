//! A cache in front of any backend of [monotable](https://docs.rs/monotable).
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod cache;
mod cached;
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

pub use cache::{Cache, CacheExt, KeepsEntities, NoEntities};
pub use cached::Cached;
pub use policy::{IntoPolicy, Policy};
#[cfg(feature = "redis")]
pub use redis::Redis;
pub use stats::CacheStats;
pub use store::{Effect, Found, Lease, NoStore, SharedStore, StoredEntry, Wrote};
