//! Requests as plain data: what the typed layer makes and a [`Backend`](crate::Backend) runs.
//!
//! They can be logged, asserted on and replayed. Keys are rendered and checked already.

use crate::cost::Cost;
use crate::error::Error;
use crate::expr::{Action, Expr};
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
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item that was there before is wanted. [`Returning::New`] gives nothing here.
    pub returning: Returning,
}

/// Changes places of one item.
///
/// An item that is not there is made from its key and what the actions set, as DynamoDB does it;
/// the typed layer always adds the condition that it is there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which item.
    pub key: PrimaryKey,
    /// The changes, of places that do not overlap.
    pub actions: Vec<Action>,
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item is wanted, as it was or as it is now.
    pub returning: Returning,
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
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item that was there before is wanted. [`Returning::New`] gives nothing here.
    pub returning: Returning,
}

/// Changes nothing; a transaction that holds it happens only if its condition holds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Check {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which item.
    pub key: PrimaryKey,
    /// What must hold of the stored item.
    pub condition: Expr,
}

/// Which item a write gives back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Returning {
    /// None.
    #[default]
    Nothing,
    /// The item as it was before, if there was one.
    Old,
    /// The item as it is now.
    New,
}

/// What became of a write.
#[derive(Debug, Clone)]
pub struct Written<I> {
    /// Whether it happened.
    pub outcome: Outcome<I>,
    /// The item that [`Returning`] asked for.
    pub item: Option<I>,
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

/// A write of one item, in a transaction or a batch.
#[derive(Debug, Clone)]
pub enum Write<I> {
    /// Writes the whole item.
    Put(Put<I>),
    /// Changes places of it.
    Update(Update),
    /// Deletes it.
    Delete(Delete),
    /// Changes nothing.
    Check(Check),
}

/// Writes that all happen or none, whatever their partitions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes, of different items. What they ask to give back is not given.
    pub writes: Vec<Write<I>>,
    /// Sent again with the same token within ten minutes, the same writes are not made again.
    pub token: String,
}

/// What became of a transaction's writes.
#[derive(Debug, Clone)]
pub struct Transacted<I> {
    /// Whether they happened.
    pub outcome: TransactOutcome<I>,
    /// What they cost.
    pub cost: Cost,
}

/// Whether a transaction happened.
#[derive(Debug, Clone)]
pub enum TransactOutcome<I> {
    /// It did.
    Done,
    /// Nothing changed: a reason for each write, in their order.
    Cancelled(Vec<Reason<I>>),
}

/// Why one write of a cancelled transaction could not happen.
#[derive(Debug, Clone)]
pub enum Reason<I> {
    /// It could have.
    Fine,
    /// Its condition did not hold.
    Refused {
        /// The stored item, if there is one.
        current: Option<I>,
    },
    /// Something else: a conflict with another transaction, throttling, an item too large.
    Failed(Error),
}

/// Reads items as they are at one moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactGet {
    /// The table.
    pub table: &'static TableDef,
    /// Which items.
    pub gets: Vec<Get>,
}

/// What a [`TransactGet`] found, in the order of its gets.
#[derive(Debug, Clone)]
pub struct TransactFetched<I> {
    /// The items.
    pub items: Vec<Option<I>>,
    /// What the reads cost.
    pub cost: Cost,
}

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

/// What became of a [`BatchWrite`].
#[derive(Debug, Clone)]
pub struct BatchWritten {
    /// Writes that the store did not get to, by their places in the request; they are to be sent
    /// again, after a pause. The others happened.
    pub unprocessed: Vec<usize>,
    /// What the writes cost.
    pub cost: Cost,
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
    /// What must hold of an item for it to be given back; it is read and paid for either way.
    pub filter: Option<Expr>,
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
    /// How many items were read for it.
    pub read: usize,
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
        Put { table, entity, key, item, condition: None, returning: Returning::Nothing }
    }
}

impl Delete {
    /// An unconditional delete.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Delete { table, entity, key, condition: None, returning: Returning::Nothing }
    }
}

impl Update {
    /// An unconditional update.
    #[must_use]
    pub fn new(
        table: &'static TableDef,
        entity: &'static str,
        key: PrimaryKey,
        actions: Vec<Action>,
    ) -> Self {
        let returning = Returning::Nothing;
        Update { table, entity, key, actions, condition: None, returning }
    }
}

impl Check {
    /// A check of one item.
    #[must_use]
    pub fn new(
        table: &'static TableDef,
        entity: &'static str,
        key: PrimaryKey,
        condition: Expr,
    ) -> Self {
        Check { table, entity, key, condition }
    }
}

impl<I> Write<I> {
    /// The item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            Write::Put(put) => &put.key,
            Write::Update(update) => &update.key,
            Write::Delete(delete) => &delete.key,
            Write::Check(check) => &check.key,
        }
    }

    /// The entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            Write::Put(put) => put.entity,
            Write::Update(update) => update.entity,
            Write::Delete(delete) => delete.entity,
            Write::Check(check) => check.entity,
        }
    }

    /// What must hold of the stored item for the write to happen.
    #[must_use]
    pub fn condition(&self) -> Option<&Expr> {
        match self {
            Write::Put(put) => put.condition.as_ref(),
            Write::Update(update) => update.condition.as_ref(),
            Write::Delete(delete) => delete.condition.as_ref(),
            Write::Check(check) => Some(&check.condition),
        }
    }
}

impl<I> TransactWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<Write<I>>, token: String) -> Self {
        TransactWrite { table, writes, token }
    }
}

impl TransactGet {
    /// Reads of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, gets: Vec<Get>) -> Self {
        TransactGet { table, gets }
    }
}

impl BatchGet {
    /// Eventually consistent reads.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, keys: Vec<PrimaryKey>) -> Self {
        BatchGet { table, entity, keys, consistent: false }
    }
}

impl<I> BatchWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<Write<I>>) -> Self {
        BatchWrite { table, writes }
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
            filter: None,
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
