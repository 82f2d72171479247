//! Several items in one call, each by itself.

use super::{PrimaryKey, Write};
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
pub struct BatchFetched<I> {
    /// The items, in any order.
    pub items: Vec<I>,
    /// Keys that the store did not get to; they are to be asked for again, after a pause.
    pub unprocessed: Vec<PrimaryKey>,
    /// What the reads cost.
    pub cost: Cost,
}

/// Writes items of different keys, in one call, each by itself. At most
/// [`Limits::batch_write`](crate::Limits) of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// Puts and deletes without conditions.
    pub writes: Vec<Write<I>>,
}

impl<I> BatchWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<Write<I>>) -> Self {
        BatchWrite { table, writes }
    }
}

/// What became of a [`BatchWrite`].
#[derive(Debug, Clone)]
pub struct BatchWritten {
    /// Writes that the store did not get to, by their places in the request; they are to be sent
    /// again, after a pause. The others happened.
    pub unprocessed: Vec<usize>,
    /// What the writes cost.
    pub cost: Cost,
}
