//! Queries of one partition.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::expr::Expr;
#[doc(inline)]
pub use crate::key::SortKeys;
use crate::schema::{IndexDef, TableDef};
use std::num::NonZeroUsize;

/// Reads items of one partition, in the order of the sort key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Query {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The access pattern's name.
    pub pattern: &'static str,
    /// The index that the query runs on; `None` for the primary key.
    pub index: Option<&'static IndexDef>,
    /// The partition key.
    pub pk: String,
    /// The sort keys to read.
    pub sort: SortKeys,
    /// Whether to read in descending order of the sort key.
    pub descending: bool,
    /// The highest number of items to read. The backend may read fewer, because the bytes of a page
    /// are limited, too.
    pub max_items: Option<NonZeroUsize>,
    /// The position at which the page before this one ended.
    pub after: Option<Position>,
    /// Whether the read is strongly consistent: it sees every write that was acknowledged before. It
    /// is never set with an index.
    pub consistent: bool,
    /// Whether to return the items or only their number.
    pub select: Select,
    /// A condition that has to hold for the returned items. Other items are read and paid for, too.
    pub filter: Option<Expr>,
}

impl Query {
    /// Returns an ascending, eventually consistent query of the primary key for whole items.
    #[must_use]
    pub fn new(
        table: &'static TableDef,
        entity: &'static str,
        pattern: &'static str,
        pk: String,
        sort: SortKeys,
    ) -> Self {
        Query {
            table,
            entity,
            pattern,
            index: None,
            pk,
            sort,
            descending: false,
            max_items: None,
            after: None,
            consistent: false,
            select: Select::Items,
            filter: None,
        }
    }
}

/// What a [`Query`] returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// The items, with the attributes that the index projects.
    Items,
    /// Only the number of matching items.
    Count,
}

/// A position in a query's result: the keys of the last item that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The item's sort key on the index of the query, or in the primary key.
    pub sort: String,
    /// The item's primary key. Only a query on an index has it, because index keys are not unique.
    pub primary: Option<PrimaryKey>,
}

/// One page of a [`Query`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Queried<I> {
    /// The items. It is empty if the query selects only the count.
    pub items: Vec<I>,
    /// How many items of this page match.
    pub count: usize,
    /// How many items were read for this page.
    pub read: usize,
    /// The position at which this page ended, if there may be more pages.
    pub last: Option<Position>,
    /// The cost of the page.
    pub cost: Cost,
}

impl<I> Queried<I> {
    /// Returns a page of these items that ended at `last`. No other items were read for it.
    #[must_use]
    pub fn new(items: Vec<I>, last: Option<Position>, cost: Cost) -> Self {
        let count = items.len();
        Queried { items, count, read: count, last, cost }
    }
}
