//! `SharedStore`: what a store has to do that several processes share, one step at a time.

use monotable_core::{Error, Kind, Result};
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// A store that several processes share, such as [Redis](crate::Redis).
///
/// It keeps entries by keys. In the place of an entry there can be a lease instead: whoever has it is reading the item
/// from the table. **Each method is one atomic step**, and together they are a protocol in which no reader keeps an item
/// that was written since it was read, however the steps of readers and writers interleave:
///
/// - Only who has the lease may [fill](SharedStore::fill), and a write takes the lease away, even if nothing is kept.
/// - A write never puts an entry where there is none, nor in the place of one that says that there is no item.
///
/// A store may forget anything at any time. Keys are at most some four kilobytes long, and may have any characters.
/// A future that is dropped may still do its step.
///
/// # Errors
///
/// Any error of a method counts as "the store cannot be reached". It never becomes an error of a request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shared store: give `Redis::new(connection)`, with a connection of the crate `redis`",
    label = "not a shared store"
)]
pub trait SharedStore: Clone + Send + Sync + 'static {
    /// Looks for an entry. An entry in another form than `form` is removed, and counts as none.
    ///
    /// If there is neither an entry nor a lease, and `lease` is given, this takes the lease. A store that is full answers
    /// [`Found::Nothing`], which is no failure.
    fn get(
        &self,
        key: &str,
        form: &str,
        lease: Option<Lease<'_>>,
    ) -> impl Future<Output = Result<Found>> + Send;

    /// Puts the entry in the place of the lease with this token, and returns true. Otherwise it does nothing, and returns
    /// false.
    fn fill(
        &self,
        key: &str,
        token: &str,
        entry: StoredEntry<'_>,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Removes the lease if it has this token.
    fn release(&self, key: &str, token: &str) -> impl Future<Output = Result<()>> + Send;

    /// The item was written, or may have been. Removes the lease. What becomes of the entry, [`Wrote`] says.
    fn wrote(&self, key: &str, wrote: Wrote<'_>) -> impl Future<Output = Result<Effect>> + Send;

    /// Waits. The default implementation works with every runtime. With it, the time of a call is bounded.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        futures_timer::Delay::new(duration)
    }
}

/// The lease that a reader asks for.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'a> {
    /// A name that no other reader has.
    pub token: &'a str,
    /// After this time, the lease ends by itself.
    pub lasts: Duration,
}

/// What [`SharedStore::get`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An entry.
    Entry {
        /// The version of the item, as a text whose order is that of versions; empty if it has none.
        version: String,
        /// The entry; `None` if it says that there is no item.
        data: Option<Vec<u8>>,
        /// How long it will be kept.
        left: Duration,
    },
    /// Nothing, and the lease was taken.
    Leased,
    /// Nothing, and the lease with this token is somebody else's.
    Busy(String),
    /// Nothing, and no lease was asked for, or the store has no room for one.
    Nothing,
}

/// An entry to keep.
#[derive(Debug, Clone, Copy)]
pub struct StoredEntry<'a> {
    /// The form that the data have.
    pub form: &'a str,
    /// The version of the item, as a text whose order is that of versions; empty if it has none.
    pub version: &'a str,
    /// The data; empty if there is no item.
    pub data: &'a [u8],
    /// How long it is kept.
    pub ttl: Duration,
}

/// What is known of a write.
#[derive(Debug, Clone, Copy)]
pub enum Wrote<'a> {
    /// Nothing is known of the item. The entry is removed.
    Something,
    /// The item of version `replaced` was replaced by the one in this entry, which has another version, and data. An
    /// entry of the new version is left, one of the replaced version is replaced, and any other one is removed: somebody
    /// else has written the item, too, and nobody knows who was first. So nothing depends on the order of versions, which
    /// is that of clocks if an item is deleted and created again.
    This {
        /// The new item.
        entry: StoredEntry<'a>,
        /// The version of the item before.
        replaced: &'a str,
    },
    /// Some time ago, the item got this version, which was told after all older writes were. An entry with data that has
    /// this version or a newer one is left, and any other one is removed.
    Before(&'a str),
}

/// What became of an entry when its item was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It was left, or there was none.
    Left,
    /// It was removed, or a lease was.
    Removed,
    /// It was replaced.
    Replaced,
}

/// The store of a cache that has none.
#[derive(Clone)]
pub enum NoStore {}

impl SharedStore for NoStore {
    async fn get(&self, _: &str, _: &str, _: Option<Lease<'_>>) -> Result<Found> {
        match *self {}
    }

    async fn fill(&self, _: &str, _: &str, _: StoredEntry<'_>) -> Result<bool> {
        match *self {}
    }

    async fn release(&self, _: &str, _: &str) -> Result<()> {
        match *self {}
    }

    async fn wrote(&self, _: &str, _: Wrote<'_>) -> Result<Effect> {
        match *self {}
    }
}

impl fmt::Debug for NoStore {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// The error of a call that was not made, or was given up.
pub(crate) fn unreachable(why: &str) -> Error {
    Error::new(Kind::Unavailable, format!("the shared store of the cache {why}"))
}
