//! What a store must be able to do.

use crate::error::Result;
use crate::item::Item;
use crate::request::{CreateTable, Delete, Fetched, Get, Put, Queried, Query, Written};
use serde::Serialize;
use std::future::Future;

/// A store: runs plain requests and holds items in its own encoding.
///
/// A backend is a cheap handle. Its futures do not block the thread that polls them. A decorator
/// (a cache, fault injection) is a backend over a backend and hands the inner one's items through.
///
/// # Errors
///
/// Every method maps its faults to the same [kinds](crate::Error): a missing table is
/// `NotFound`, a table whose keys or indexes differ from the declared ones is `SchemaMismatch`,
/// a request over a limit is `TooLarge`, a request to slow down is `Throttled`, a lost race is
/// `Conflict`, something that the store cannot do is `Unsupported` and is refused before any I/O,
/// and what the disk or the network does is `Unavailable` with that error as the source. A failed
/// condition is no error here: it is [`Outcome::Refused`](crate::request::Outcome::Refused).
pub trait Backend: Clone + Send + Sync + 'static {
    /// An item as this backend holds it: cheap to clone, decoded on demand.
    type Item: Item;

    /// The store's name in OpenTelemetry's `db.system.name`.
    const SYSTEM: &'static str;

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

    /// Deletes one item, and its index entries with it; deleting what is not there is no error.
    fn delete(&self, request: Delete) -> impl Future<Output = Result<Written<Self::Item>>> + Send;

    /// Reads one page of a partition.
    fn query(&self, request: Query) -> impl Future<Output = Result<Queried<Self::Item>>> + Send;

    /// Creates the table and its indexes if there is none, and waits until it can be used.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch`, saying how they differ, if there is one with other keys or indexes.
    /// Nothing is ever dropped or changed.
    fn create_table(&self, request: CreateTable) -> impl Future<Output = Result<()>> + Send;
}
