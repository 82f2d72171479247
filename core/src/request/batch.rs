//! Reads and writes of several items in one call, each of which succeeds or fails on its own.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::schema::TableDef;

/// Reads several items in one call, in no defined order. It has at most
/// [`Limits::batch_get`](crate::backend::Limits) keys.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchGet {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The keys of the items, all different.
    pub keys: Vec<PrimaryKey>,
    /// Whether the reads are strongly consistent: they see every write that was acknowledged before.
    pub consistent: bool,
}

impl BatchGet {
    /// Returns a request with eventually consistent reads.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, keys: Vec<PrimaryKey>) -> Self {
        BatchGet { table, entity, keys, consistent: false }
    }
}

/// The answer to a [`BatchGet`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchFetched<I> {
    /// The items, in any order.
    pub items: Vec<I>,
    /// The keys that the store did not process. The caller reads them again after a pause.
    pub unprocessed: Vec<PrimaryKey>,
    /// The cost of the reads.
    pub cost: Cost,
}

impl<I> BatchFetched<I> {
    /// Returns an answer with the items that were found, and the keys that were not processed.
    #[must_use]
    pub fn new(items: Vec<I>, unprocessed: Vec<PrimaryKey>, cost: Cost) -> Self {
        BatchFetched { items, unprocessed, cost }
    }
}

/// Writes several items in one call. Each write succeeds or fails on its own. It has at most
/// [`Limits::batch_write`](crate::backend::Limits) writes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes, of items with different keys.
    pub writes: Vec<BatchItem<I>>,
}

impl<I> BatchWrite<I> {
    /// Returns a request with these writes.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<BatchItem<I>>) -> Self {
        BatchWrite { table, writes }
    }
}

/// The answer to a [`BatchWrite`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchWritten {
    /// The places in the request of the writes that the store did not process. The caller sends them
    /// again after a pause. All other writes happened.
    pub unprocessed: Vec<usize>,
    /// The cost of the writes.
    pub cost: Cost,
}

impl BatchWritten {
    /// Returns an answer in which all writes happened except for the unprocessed ones.
    #[must_use]
    pub fn new(unprocessed: Vec<usize>, cost: Cost) -> Self {
        BatchWritten { unprocessed, cost }
    }
}

/// A write of one item in a [`BatchWrite`]. It has no condition.
#[derive(Debug, Clone)]
pub enum BatchItem<I> {
    /// Writes the whole item.
    #[non_exhaustive]
    Put {
        /// The entity's name.
        entity: &'static str,
        /// The item's key, which is also in the item.
        key: PrimaryKey,
        /// The item as the backend encoded it.
        item: I,
    },
    /// Deletes the item.
    #[non_exhaustive]
    Delete {
        /// The entity's name.
        entity: &'static str,
        /// The item's key.
        key: PrimaryKey,
    },
}

impl<I> BatchItem<I> {
    /// Returns a write of a whole item.
    #[must_use]
    pub fn put(entity: &'static str, key: PrimaryKey, item: I) -> Self {
        BatchItem::Put { entity, key, item }
    }

    /// Returns a delete of an item.
    #[must_use]
    pub fn delete(entity: &'static str, key: PrimaryKey) -> Self {
        BatchItem::Delete { entity, key }
    }

    /// Returns the item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            BatchItem::Put { key, .. } | BatchItem::Delete { key, .. } => key,
        }
    }

    /// Returns the entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            BatchItem::Put { entity, .. } | BatchItem::Delete { entity, .. } => entity,
        }
    }
}
