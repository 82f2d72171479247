//! Transactions.

use super::{Delete, Get, PrimaryKey, Put, Update, Write};
use crate::cost::Cost;
use crate::error::Error;
use crate::expr::Expr;
use crate::schema::TableDef;

/// Writes that all happen or none, whatever their partitions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes, of different items. What they ask to give back is not given.
    pub writes: Vec<TransactItem<I>>,
    /// Sent again with the same token within ten minutes, the same writes are not made again.
    pub token: String,
}

impl<I> TransactWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<TransactItem<I>>, token: String) -> Self {
        TransactWrite { table, writes, token }
    }
}

/// A write or a check of one item in a [`TransactWrite`].
#[derive(Debug, Clone)]
pub enum TransactItem<I> {
    /// Writes the whole item.
    Put(Put<I>),
    /// Changes places of it.
    Update(Update),
    /// Deletes it.
    Delete(Delete),
    /// Changes nothing.
    Check(Check),
}

impl<I> TransactItem<I> {
    /// The item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            TransactItem::Put(put) => &put.key,
            TransactItem::Update(update) => &update.key,
            TransactItem::Delete(delete) => &delete.key,
            TransactItem::Check(check) => &check.key,
        }
    }

    /// The entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            TransactItem::Put(put) => put.entity,
            TransactItem::Update(update) => update.entity,
            TransactItem::Delete(delete) => delete.entity,
            TransactItem::Check(check) => check.entity,
        }
    }

    /// What must hold of the stored item for the transaction to happen.
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

/// What became of a transaction's writes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Transacted<I> {
    /// Whether they happened.
    pub outcome: TransactOutcome<I>,
    /// What they cost.
    pub cost: Cost,
}

impl<I> Transacted<I> {
    /// A transaction that happened, or was cancelled.
    #[must_use]
    pub fn new(outcome: TransactOutcome<I>, cost: Cost) -> Self {
        Transacted { outcome, cost }
    }
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

impl TransactGet {
    /// Reads of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, gets: Vec<Get>) -> Self {
        TransactGet { table, gets }
    }
}

/// What a [`TransactGet`] found, in the order of its gets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactFetched<I> {
    /// The items.
    pub items: Vec<Option<I>>,
    /// What the reads cost.
    pub cost: Cost,
}

impl<I> TransactFetched<I> {
    /// Items in the order of the gets.
    #[must_use]
    pub fn new(items: Vec<Option<I>>, cost: Cost) -> Self {
        TransactFetched { items, cost }
    }
}
