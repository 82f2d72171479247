//! The contract of stores: the traits that a backend implements, and its limits. `client` runs a
//! request on a backend.

mod client;
mod from_env;
mod item;
mod limits;
mod origin;
mod page;
mod pause;
mod portable;
mod retry;
mod serves;
mod single;
mod transact;
mod written_by;

pub(crate) use client::{Answer, Client};
pub use from_env::FromEnv;
pub use item::{Item, Keyed, Readable, Reader};
pub(crate) use item::{NoItem, item_key, item_place};
pub use limits::Limits;
pub(crate) use origin::{At, Origin, Verb};
pub use page::read_items;
pub(crate) use page::{position_of, within_limit};
pub use portable::Portable;
pub(crate) use retry::{CONCURRENCY, Retry};
pub use serves::AllIndexes;
#[doc(hidden)]
pub use serves::{AllServedBy, ServedBy};
#[doc(hidden)]
pub use transact::TransactWrites;
pub(crate) use transact::{TransactGets, transact_gets, transact_writes};
#[doc(hidden)]
pub use written_by::AllWrittenBy;
pub use written_by::{HeldBy, WritesGuards, WrittenBy};

use crate::error::Result;
use crate::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use serde::Serialize;
use std::future::Future;
use std::time::{Duration, SystemTime};

/// Runs plain requests on a store, whose items are in an encoding of its own.
///
/// A backend is a handle that is cheap to clone. Its methods do nothing until their futures are polled, and
/// the futures do not block the thread that polls them.
/// A decorator, such as a cache or fault injection, is a backend that wraps another backend and uses
/// the same item type.
///
/// # Errors
///
/// Every method maps its errors to the same [kinds](crate::Error):
///
/// | cause | kind |
/// |---|---|
/// | the table does not exist | `TableMissing` |
/// | credentials are missing or refused | `Unauthorized` |
/// | the table's keys or indexes differ from the declared ones | `SchemaMismatch` |
/// | the request is over a limit | `TooLarge` |
/// | the store asks to slow down | `Throttled` |
/// | another request was faster | `Conflict` |
/// | the store cannot do this; it is refused before any I/O | `Unsupported` |
/// | the disk or the network fails, with that error as the source | `Unavailable` |
///
/// A condition that does not hold is not an error here, but
/// [`Outcome::Refused`](crate::request::Outcome::Refused).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a backend: give `Embedded::in_memory()`, `Embedded::open(..)?`, a `DynamoDb`, or one of them with a cache, `backend.cached(cache)?`; put `?` after what is a `Result`",
    label = "not a backend",
    note = "what opens a store can fail: put `?` after it, and `.await?` after `DynamoDb::from_env()`"
)]
pub trait Backend: Clone + Send + Sync + 'static {
    /// An item in the encoding of this backend. It is cheap to clone, and decoded on demand.
    type Item: Item;

    /// The global indexes that the backend serves: [`AllIndexes`], if its store keeps the indexes of a table itself. If
    /// it has to be told how to query each index, a list of those that it was told, `(((), Gsi1), Gsi2)`: then it
    /// holds the tables that say `indexes(Gsi1, Gsi2)`, in this order, and those without global indexes.
    ///
    /// A decorator has the indexes of the backend inside of it.
    type Indexes;

    /// The store's name for OpenTelemetry's `db.system.name`.
    const SYSTEM: &'static str;

    /// The limits of one call.
    const LIMITS: Limits;

    /// Returns the store's own name of an operation, such as `PutItem`, for OpenTelemetry's
    /// `db.operation.name`.
    #[must_use]
    fn operation_name(operation: Operation) -> &'static str {
        operation.name()
    }

    /// Returns the table's name in the store, for OpenTelemetry's `db.collection.name`; `None` if it
    /// is the name of the table's type.
    fn collection(&self) -> Option<&str>;

    /// Encodes an entity with its key attributes, its tag and its expiry. A top-level `None` is not
    /// stored.
    ///
    /// Serializing `item` writes the time of expiry as [`TableDef::ttl`](crate::schema::TableDef), in
    /// seconds since 1970, as the conditions and filters of the typed layer need it. An update sets or
    /// removes the same attribute. A store that deletes expired items by another attribute, such as a
    /// number of seconds after the last write, also writes that attribute: from
    /// [`Keyed::expires`] and from the actions of an update.
    ///
    /// # Errors
    ///
    /// `Encode`, with the attribute, if serde fails or a value cannot be stored.
    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Self::Item>;

    /// Reads one item.
    fn get(&self, request: Get) -> impl Future<Output = Result<Fetched<Self::Item>>> + Send;

    /// Writes a whole item with its index entries, and replaces the item if there is one.
    fn put(
        &self,
        request: Put<Self::Item>,
    ) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Changes parts of one item, and its index entries.
    ///
    /// # Errors
    ///
    /// `InvalidRequest`, with the path, if the value at a path does not have the kind that the action
    /// needs, or if the item does not have the path.
    fn update(&self, request: Update) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Deletes one item with its index entries. It is no error if the item does not exist.
    fn delete(&self, request: Delete) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Reads one page of items of a partition.
    fn query(&self, request: Query) -> impl Future<Output = Result<Queried<Self::Item>>> + Send;

    /// Reads one page of items of a partition, as values. There are at most [`limit`](Query::limit) of them, and then the
    /// position is that of the last one. The default implementation is [`read_items`].
    ///
    /// # Errors
    ///
    /// Those of `R::read`, too. The first one fails the page.
    fn query_as<R: Reader>(
        &self,
        request: Query,
    ) -> impl Future<Output = Result<Queried<R::Output>>> + Send {
        page::read_items::<R, Self>(self, request)
    }

    /// Reads several items, in one call if the store has such a call. The default implementation calls
    /// [`get`](Backend::get) for each item.
    fn batch_get(
        &self,
        request: BatchGet,
    ) -> impl Future<Output = Result<BatchFetched<Self::Item>>> + Send {
        single::batch_get(self, request)
    }

    /// Writes several items, in one call if the store has such a call. Each write succeeds or fails on
    /// its own. The default implementation calls [`put`](Backend::put) or [`delete`](Backend::delete)
    /// for each item.
    fn batch_write(
        &self,
        request: BatchWrite<Self::Item>,
    ) -> impl Future<Output = Result<BatchWritten>> + Send {
        single::batch_write(self, request)
    }

    /// Waits for `duration` before a request is sent again. The default implementation works with
    /// every async runtime: one thread serves all pauses of the process.
    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        pause::pause(duration)
    }

    /// Returns the present time, by which leases and the records of once-only work end. The default
    /// implementation is the clock of this machine. A decorator can move it, so that a test of what happens after
    /// an hour does not take an hour. The expiry of entities does not depend on it.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Creates the table and its indexes if it does not exist, and waits until it can be used. An
    /// existing table is never changed.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch`, with the differences, if there is a table with other keys or indexes.
    fn create_table(&self, request: CreateTable) -> impl Future<Output = Result<()>> + Send;
}

/// A backend with transactions.
///
/// All items of a request are in one partition, unless the backend also has [`CrossPartitionTransactions`]:
/// the typed layer has checked it. Such a backend takes the partition key from
/// [`TransactWrite::partition`] and [`TransactGet::partition`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no transactions: use a backend that has them, or send the requests one by one",
    label = "this backend has no transactions",
    note = "code that is generic over the backend asks for them: `B: Transactions`"
)]
pub trait Transactions: Backend {
    /// Reads several items, as they were at one moment.
    fn transact_get(
        &self,
        request: TransactGet,
    ) -> impl Future<Output = Result<TransactFetched<Self::Item>>> + Send;

    /// Makes all of the writes, or none.
    fn transact_write(
        &self,
        request: TransactWrite<Self::Item>,
    ) -> impl Future<Output = Result<Transacted<Self::Item>>> + Send;
}

/// A backend whose transactions may write items of several partitions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no transactions across partitions: if all items are in one, use `transaction_in` or `transact_get_in`, as in `shop.transaction_in(Customer::partition(..))`",
    label = "this backend's transactions stay in one partition",
    note = "what needs them: `transaction()`, `transact_get(..)` and `move_to(..)`",
    note = "code that is generic over the backend asks for them: `B: CrossPartitionTransactions`"
)]
pub trait CrossPartitionTransactions: Transactions {}
