//! Requests as plain data: what the typed layer makes and a [`Backend`](crate::Backend) runs.
//!
//! They can be logged, asserted on and replayed. Keys are rendered and checked already.

use crate::cost::Cost;
use crate::schema::{IndexDef, TableDef};
use std::fmt;
use std::num::NonZeroUsize;

/// A rendered primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrimaryKey {
    /// The partition key.
    pub pk: String,
    /// The sort key.
    pub sk: String,
}

impl fmt::Display for PrimaryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

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

/// What a [`Get`] found.
#[derive(Debug, Clone)]
pub struct Fetched<I> {
    /// The item, if there is one.
    pub item: Option<I>,
    /// What the read cost.
    pub cost: Cost,
}

/// Writes a whole item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Put<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key; the item holds it too.
    pub key: PrimaryKey,
    /// The item as the backend encoded it.
    pub item: I,
    /// What must hold for the write to happen.
    pub condition: Condition,
}

/// Deletes one item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delete {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which item.
    pub key: PrimaryKey,
    /// What must hold for the write to happen.
    pub condition: Condition,
}

/// What must hold of the stored item for a write to happen.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// Nothing.
    #[default]
    None,
    /// No item has this key.
    Absent,
}

/// What became of a write.
#[derive(Debug, Clone)]
pub struct Written<I> {
    /// Whether it happened.
    pub outcome: Outcome<I>,
    /// What it cost; a refused write costs too.
    pub cost: Cost,
}

/// Whether a write happened.
#[derive(Debug, Clone)]
pub enum Outcome<I> {
    /// It did.
    Done,
    /// Its condition did not hold, and nothing changed.
    Refused {
        /// The stored item, if there is one.
        current: Option<I>,
    },
}

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
pub struct Queried<I> {
    /// The items; none when only the count was asked for.
    pub items: Vec<I>,
    /// How many items match on this page.
    pub count: usize,
    /// Where this page ended, if there may be more.
    pub last: Option<Position>,
    /// What the page cost.
    pub cost: Cost,
}

/// Brings the table into being.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CreateTable {
    /// The table.
    pub table: &'static TableDef,
}

impl Get {
    /// An eventually consistent read.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Get { table, entity, key, consistent: false }
    }
}

impl<I> Put<I> {
    /// An unconditional write.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey, item: I) -> Self {
        Put { table, entity, key, item, condition: Condition::None }
    }
}

impl Delete {
    /// An unconditional delete.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Delete { table, entity, key, condition: Condition::None }
    }
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
        }
    }
}

impl CreateTable {
    /// For a table.
    #[must_use]
    pub fn new(table: &'static TableDef) -> Self {
        CreateTable { table }
    }
}
