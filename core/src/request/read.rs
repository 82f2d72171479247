//! Reads of single items.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::schema::TableDef;

/// Reads one item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Get {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which item.
    pub key: PrimaryKey,
    /// Whether the read must see every write acknowledged before it.
    pub consistent: bool,
}

impl Get {
    /// An eventually consistent read.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Get { table, entity, key, consistent: false }
    }
}

/// What a [`Get`] found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fetched<I> {
    /// The item, if there is one.
    pub item: Option<I>,
    /// What the read cost.
    pub cost: Cost,
}

impl<I> Fetched<I> {
    /// An item, or none, and what reading it cost.
    #[must_use]
    pub fn new(item: Option<I>, cost: Cost) -> Self {
        Fetched { item, cost }
    }
}
