//! What a store must be able to do.

mod client;
mod item;
mod limits;
mod origin;
mod pause;
mod retry;
mod single;
mod written_by;

pub(crate) use client::Client;
pub use item::{Item, Keyed};
pub(crate) use item::{NoItem, item_key, item_place};
pub use limits::Limits;
pub(crate) use origin::{At, Origin, Verb};
pub(crate) use retry::{CONCURRENCY, Retry};
pub use written_by::{AllWrittenBy, HeldBy, TransactGuards, WrittenBy};

use crate::error::Result;
use crate::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use serde::Serialize;
use std::future::Future;
use std::time::Duration;

/// A store: runs plain requests and holds items in its own encoding.
///
/// A backend is a cheap handle. Its futures do not block the thread that polls them. A decorator
/// (a cache, fault injection) is a backend over a backend and hands the inner one's items through.
///
/// # Errors
///
/// Every method maps its faults to the same [kinds](crate::Error): a missing table is
/// `TableMissing`, missing or refused credentials are `Unauthorized`, a table whose keys or indexes differ from the declared ones is `SchemaMismatch`,
/// a request over a limit is `TooLarge`, a request to slow down is `Throttled`, a lost race is
/// `Conflict`, something that the store cannot do is `Unsupported` and is refused before any I/O,
/// and what the disk or the network does is `Unavailable` with that error as the source. A failed
/// condition is no error here: it is [`Outcome::Refused`](crate::request::Outcome::Refused).
pub trait Backend: Clone + Send + Sync + 'static {
    /// An item as this backend holds it: cheap to clone, decoded on demand.
    type Item: Item;

    /// The store's name in OpenTelemetry's `db.system.name`.
    const SYSTEM: &'static str;

    /// How much one call may hold.
    const LIMITS: Limits;

    /// The name that the store gives an operation, for OpenTelemetry's `db.operation.name`, e.g.
    /// `PutItem`.
    #[must_use]
    fn operation_name(operation: Operation) -> &'static str {
        operation.name()
    }

    /// The table's name in the store, for `db.collection.name`; `None` if it is the type's own.
    fn collection(&self) -> Option<&str>;

    /// Encodes an entity whose key attributes and tag `value` writes itself, see
    /// [`Keyed`](crate::Keyed). A top-level `None` is not stored.
    ///
    /// # Errors
    ///
    /// `Encode` if serde fails or a value cannot be stored, naming the attribute.
    fn encode<T: Serialize + ?Sized>(&self, value: &T) -> Result<Self::Item>;

    /// Reads one item.
    fn get(&self, request: Get) -> impl Future<Output = Result<Fetched<Self::Item>>> + Send;

    /// Writes a whole item, over one that may be there, and its index entries with it.
    fn put(
        &self,
        request: Put<Self::Item>,
    ) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Changes places of one item, and its index entries with it.
    ///
    /// # Errors
    ///
    /// `InvalidRequest`, naming the path, if a value there is not of the kind that the action needs
    /// or if the path leads nowhere.
    fn update(&self, request: Update) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Deletes one item, and its index entries with it; deleting what is not there is no error.
    fn delete(&self, request: Delete) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Reads one page of a partition.
    fn query(&self, request: Query) -> impl Future<Output = Result<Queried<Self::Item>>> + Send;

    /// Reads items, in one call if the store has such a call. Without an implementation of its own,
    /// each item is read by a call of [`get`](Backend::get).
    fn batch_get(
        &self,
        request: BatchGet,
    ) -> impl Future<Output = Result<BatchFetched<Self::Item>>> + Send {
        single::batch_get(self, request)
    }

    /// Writes items, each by itself, in one call if the store has such a call. Without an
    /// implementation of its own, each item is written by a call of [`put`](Backend::put) or
    /// [`delete`](Backend::delete).
    fn batch_write(
        &self,
        request: BatchWrite<Self::Item>,
    ) -> impl Future<Output = Result<BatchWritten>> + Send {
        single::batch_write(self, request)
    }

    /// Waits, before something is tried again. Without an implementation of its own, one thread of
    /// the process serves all pauses, whatever the runtime is.
    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        pause::pause(duration)
    }

    /// Creates the table and its indexes if there is none, and waits until it can be used.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch`, saying how they differ, if there is one with other keys or indexes.
    /// Nothing is ever dropped or changed.
    fn create_table(&self, request: CreateTable) -> impl Future<Output = Result<()>> + Send;
}

/// A backend with transactions. Their items have to be in one partition, unless the backend also
/// has [`CrossPartitionTransactions`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no transactions",
    label = "this backend has no transactions"
)]
pub trait Transactions: Backend {
    /// Reads items as they are at one moment.
    fn transact_get(
        &self,
        request: TransactGet,
    ) -> impl Future<Output = Result<TransactFetched<Self::Item>>> + Send;

    /// Makes all of the writes or none.
    fn transact_write(
        &self,
        request: TransactWrite<Self::Item>,
    ) -> impl Future<Output = Result<Transacted<Self::Item>>> + Send;
}

/// A backend whose transactions may write items of several partitions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no transactions across partitions",
    label = "this backend's transactions stay in one partition"
)]
pub trait CrossPartitionTransactions: Transactions {}
