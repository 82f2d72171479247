//! Reads of single items.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::schema::TableDef;
use std::sync::Arc;

/// Reads one item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Get {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key.
    pub key: PrimaryKey,
    /// Whether the read is strongly consistent: it sees every write that was acknowledged before.
    pub consistent: bool,
    /// The names of the attributes to return, with those of the key; `None` for all. It saves transfer, and not the
    /// cost of the read.
    pub attributes: Option<Arc<[&'static str]>>,
}

impl Get {
    /// Returns a request for an eventually consistent read.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Get { table, entity, key, consistent: false, attributes: None }
    }
}

/// The answer to a [`Get`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fetched<I> {
    /// The item, if there is one.
    pub item: Option<I>,
    /// The cost of the read.
    pub cost: Cost,
}

impl<I> Fetched<I> {
    /// Returns an answer with the item, if there is one, and the cost of the read.
    #[must_use]
    pub fn new(item: Option<I>, cost: Cost) -> Self {
        Fetched { item, cost }
    }
}
