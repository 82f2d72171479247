//! Several items in one call, each by itself.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::schema::TableDef;

/// Reads items of different keys, in one call and in no order. At most
/// [`Limits::batch_get`](crate::Limits) of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchGet {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which items, each once.
    pub keys: Vec<PrimaryKey>,
    /// Whether the reads must see every write acknowledged before them.
    pub consistent: bool,
}

impl BatchGet {
    /// Eventually consistent reads.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, keys: Vec<PrimaryKey>) -> Self {
        BatchGet { table, entity, keys, consistent: false }
    }
}

/// What a [`BatchGet`] found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchFetched<I> {
    /// The items, in any order.
    pub items: Vec<I>,
    /// Keys that the store did not get to; they are to be asked for again, after a pause.
    pub unprocessed: Vec<PrimaryKey>,
    /// What the reads cost.
    pub cost: Cost,
}

impl<I> BatchFetched<I> {
    /// Items that were read, and keys that were not.
    #[must_use]
    pub fn new(items: Vec<I>, unprocessed: Vec<PrimaryKey>, cost: Cost) -> Self {
        BatchFetched { items, unprocessed, cost }
    }
}

/// Writes items of different keys, in one call, each by itself. At most
/// [`Limits::batch_write`](crate::Limits) of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes.
    pub writes: Vec<BatchItem<I>>,
}

impl<I> BatchWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<BatchItem<I>>) -> Self {
        BatchWrite { table, writes }
    }
}

/// What became of a [`BatchWrite`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchWritten {
    /// Writes that the store did not get to, by their places in the request; they are to be sent
    /// again, after a pause. The others happened.
    pub unprocessed: Vec<usize>,
    /// What the writes cost.
    pub cost: Cost,
}

impl BatchWritten {
    /// Writes that happened, but for these.
    #[must_use]
    pub fn new(unprocessed: Vec<usize>, cost: Cost) -> Self {
        BatchWritten { unprocessed, cost }
    }
}

/// A write of one item in a [`BatchWrite`]. Batches have no conditions.
#[derive(Debug, Clone)]
pub enum BatchItem<I> {
    /// Writes the whole item.
    #[non_exhaustive]
    Put {
        /// The entity's name.
        entity: &'static str,
        /// The item's key; the item holds it too.
        key: PrimaryKey,
        /// The item as the backend encoded it.
        item: I,
    },
    /// Deletes the item.
    #[non_exhaustive]
    Delete {
        /// The entity's name.
        entity: &'static str,
        /// Which item.
        key: PrimaryKey,
    },
}

impl<I> BatchItem<I> {
    /// Writes a whole item.
    #[must_use]
    pub fn put(entity: &'static str, key: PrimaryKey, item: I) -> Self {
        BatchItem::Put { entity, key, item }
    }

    /// Deletes an item.
    #[must_use]
    pub fn delete(entity: &'static str, key: PrimaryKey) -> Self {
        BatchItem::Delete { entity, key }
    }

    /// The item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            BatchItem::Put { key, .. } | BatchItem::Delete { key, .. } => key,
        }
    }

    /// The entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            BatchItem::Put { entity, .. } | BatchItem::Delete { entity, .. } => entity,
        }
    }
}
