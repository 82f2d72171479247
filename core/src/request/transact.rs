//! Transactions, which read or write several items together.

use super::{Delete, Get, PrimaryKey, Put, Update, Write};
use crate::cost::Cost;
use crate::error::Error;
use crate::expr::Expr;
use crate::schema::TableDef;

/// Makes several writes together: all of them happen, or none.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes, of items with different keys. Their `returning` is ignored.
    pub writes: Vec<TransactItem<I>>,
    /// The idempotency token. If the same writes are sent again with the same token within ten
    /// minutes, they are not made again.
    pub token: String,
}

impl<I> TransactWrite<I> {
    /// Returns a request with these writes.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<TransactItem<I>>, token: String) -> Self {
        TransactWrite { table, writes, token }
    }

    /// Returns the partition key of the items if it is the same for all of them.
    ///
    /// It is, on a backend without
    /// [`CrossPartitionTransactions`](crate::backend::CrossPartitionTransactions).
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        shared(self.writes.iter().map(TransactItem::key))
    }
}

/// The partition key that all keys have; `None` if there is none.
fn shared<'a>(keys: impl IntoIterator<Item = &'a PrimaryKey>) -> Option<&'a str> {
    let mut keys = keys.into_iter().map(|key| key.pk.as_str());
    let first = keys.next()?;
    keys.all(|key| key == first).then_some(first)
}

/// A write or a check of one item in a [`TransactWrite`].
#[derive(Debug, Clone)]
pub enum TransactItem<I> {
    /// Writes the whole item.
    Put(Put<I>),
    /// Changes parts of the item.
    Update(Update),
    /// Deletes the item.
    Delete(Delete),
    /// Checks a condition, and changes nothing.
    Check(Check),
}

impl<I> TransactItem<I> {
    /// Returns the item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            TransactItem::Put(put) => &put.key,
            TransactItem::Update(update) => &update.key,
            TransactItem::Delete(delete) => &delete.key,
            TransactItem::Check(check) => &check.key,
        }
    }

    /// Returns the entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            TransactItem::Put(put) => put.entity,
            TransactItem::Update(update) => update.entity,
            TransactItem::Delete(delete) => delete.entity,
            TransactItem::Check(check) => check.entity,
        }
    }

    /// Returns the condition that has to hold for the stored item. Otherwise the transaction is
    /// cancelled.
    #[must_use]
    pub fn condition(&self) -> Option<&Expr> {
        match self {
            TransactItem::Put(put) => put.condition.as_ref(),
            TransactItem::Update(update) => update.condition.as_ref(),
            TransactItem::Delete(delete) => delete.condition.as_ref(),
            TransactItem::Check(check) => Some(&check.condition),
        }
    }
}

impl<I> From<Write<I>> for TransactItem<I> {
    fn from(write: Write<I>) -> Self {
        match write {
            Write::Put(put) => TransactItem::Put(put),
            Write::Update(update) => TransactItem::Update(update),
            Write::Delete(delete) => TransactItem::Delete(delete),
        }
    }
}

/// Checks the condition of one item, and changes nothing. The transaction is cancelled if the condition
/// does not hold.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Check {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key.
    pub key: PrimaryKey,
    /// The condition that has to hold for the stored item.
    pub condition: Expr,
}

impl Check {
    /// Returns a check of one item.
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

/// The answer to a [`TransactWrite`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Transacted<I> {
    /// Whether the writes happened.
    pub outcome: TransactOutcome<I>,
    /// The cost of the writes.
    pub cost: Cost,
}

impl<I> Transacted<I> {
    /// Returns the answer of a transaction that happened or was cancelled.
    #[must_use]
    pub fn new(outcome: TransactOutcome<I>, cost: Cost) -> Self {
        Transacted { outcome, cost }
    }
}

/// Whether a transaction happened.
#[derive(Debug, Clone)]
pub enum TransactOutcome<I> {
    /// All writes happened.
    Done,
    /// No write happened. There is a reason for each write, in the order of the request.
    Cancelled(Vec<Reason<I>>),
}

/// The part of one write in the cancellation of a transaction.
#[derive(Debug, Clone)]
pub enum Reason<I> {
    /// The write was not at fault.
    Fine,
    /// Its condition did not hold.
    Refused {
        /// The stored item, if there is one.
        current: Option<I>,
    },
    /// The write failed for another reason: a conflict with another transaction, throttling, or an item
    /// that is too large.
    Failed(Error),
}

/// Reads several items together, as they were at one moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactGet {
    /// The table.
    pub table: &'static TableDef,
    /// The reads, of items with different keys.
    pub gets: Vec<Get>,
}

impl TransactGet {
    /// Returns a request with these reads.
    #[must_use]
    pub fn new(table: &'static TableDef, gets: Vec<Get>) -> Self {
        TransactGet { table, gets }
    }

    /// Returns the partition key of the items if it is the same for all of them, as in
    /// [`TransactWrite::partition`].
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        shared(self.gets.iter().map(|get| &get.key))
    }
}

/// The answer to a [`TransactGet`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactFetched<I> {
    /// One element for each read, in the order of the request; `None` if there is no such item.
    pub items: Vec<Option<I>>,
    /// The cost of the reads.
    pub cost: Cost,
}

impl<I> TransactFetched<I> {
    /// Returns an answer with one element for each read, in the order of the request.
    #[must_use]
    pub fn new(items: Vec<Option<I>>, cost: Cost) -> Self {
        TransactFetched { items, cost }
    }
}
