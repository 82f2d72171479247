//! Queries of one partition.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::expr::Expr;
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
    /// The index, or the primary key.
    pub index: Option<&'static IndexDef>,
    /// The partition.
    pub pk: String,
    /// Which sort keys.
    pub sort: SortKeys,
    /// From the greatest sort key down.
    pub descending: bool,
    /// How many items to read at the most; the backend may read fewer (a page has a size, too).
    pub max_items: Option<NonZeroUsize>,
    /// Where the page before this one ended.
    pub after: Option<Position>,
    /// Whether the read must see every write acknowledged before it. Never set with an index.
    pub consistent: bool,
    /// Whether the items themselves are wanted.
    pub select: Select,
    /// What must hold of an item for it to be given back; it is read and paid for either way.
    pub filter: Option<Expr>,
}

impl Query {
    /// An ascending, eventually consistent query of the primary key for whole items.
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

/// Which sort keys of a partition a [`Query`] reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SortKeys {
    /// All of them.
    All,
    /// This one.
    Equals(String),
    /// Those that begin with this text.
    BeginsWith(String),
    /// Those from the first to the second, both included; never the wrong way round.
    Between(String, String),
}

/// What a [`Query`] gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// The items, as far as the index projects them.
    Items,
    /// Only how many there are.
    Count,
}

/// A place in a query's result: the keys of the last item read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The sort key, of the index if the query runs on one.
    pub sort: String,
    /// The item's primary key; only for a query on an index, whose keys are not unique.
    pub primary: Option<PrimaryKey>,
}

/// One page of a [`Query`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Queried<I> {
    /// The items; none when only the count was asked for.
    pub items: Vec<I>,
    /// How many items match on this page.
    pub count: usize,
    /// How many items were read for it.
    pub read: usize,
    /// Where this page ended, if there may be more.
    pub last: Option<Position>,
    /// What the page cost.
    pub cost: Cost,
}

impl<I> Queried<I> {
    /// A page of these items, each of which was read for it, that ended at `last`.
    #[must_use]
    pub fn new(items: Vec<I>, last: Option<Position>, cost: Cost) -> Self {
        let count = items.len();
        Queried { items, count, read: count, last, cost }
    }
}
